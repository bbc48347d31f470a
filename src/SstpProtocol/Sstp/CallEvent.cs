using SstpProtocol.Sstp.CryptoBinding;

namespace SstpProtocol.Sstp;

/// <summary>What a call tells its owner.</summary>
public abstract record CallEvent
{
    private CallEvent()
    {
    }

    /// <summary>Both ends agreed on the call; LCP may start.</summary>
    public sealed record PppMayStart : CallEvent
    {
        public static readonly PppMayStart Instance = new();

        private PppMayStart()
        {
        }
    }

    /// <summary>Server only: the client proved that it ends both TLS and the log-in; network data may pass.</summary>
    public sealed record Connected(VerifiedCryptoBinding Proof) : CallEvent;

    /// <summary>
    /// Client only: CALL_CONNECTED is on its way and network data may pass. The server never confirms it, so there is no
    /// proof to hand over; one that refuses answers with CALL_ABORT.
    /// </summary>
    /// <param name="Hash">The hash chosen for the crypto binding.</param>
    public sealed record CallConnectedSent(SstpHash Hash) : CallEvent;

    /// <summary>The last event: flush what is left to transmit, then close the connection.</summary>
    public sealed record Closed(CallEnd End) : CallEvent;
}
