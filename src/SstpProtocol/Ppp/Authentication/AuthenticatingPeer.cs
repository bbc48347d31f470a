using SstpProtocol.Sstp.CryptoBinding;

namespace SstpProtocol.Ppp.Authentication;

/// <summary>The end of one authentication protocol that proves itself: the client.</summary>
public abstract class AuthenticatingPeer
{
    public AuthenticatorState State { get; protected set; } = AuthenticatorState.InProgress;

    /// <summary>The higher-layer key; set when <see cref="State"/> becomes <see cref="AuthenticatorState.Succeeded"/>.</summary>
    public HigherLayerKey Key { get; protected set; } = HigherLayerKey.None;

    /// <summary>What the server said when it refused, in its own words.</summary>
    public string? FailureMessage { get; protected set; }

    public MonotonicTime? NextDeadline { get; protected set; }

    /// <summary>Sends the first packet, where the peer speaks first (PAP).</summary>
    public abstract void Start(MonotonicTime now);

    public abstract void Receive(PppProtocol protocol, ReadOnlySpan<byte> packet, MonotonicTime now);

    public abstract void Tick(MonotonicTime now);
}
