using SstpProtocol.Sstp.CryptoBinding;

namespace SstpProtocol.Ppp.Authentication.Eap;

/// <summary>A method inside EAP, at the end that proves itself. Used for one exchange, then dropped.</summary>
public abstract class EapPeerMethod
{
    public abstract EapType Type { get; }

    /// <summary>True once the method would accept EAP-Success; before, a Success is somebody else's (RFC 3748 4.2).</summary>
    public bool IsSatisfied { get; protected set; }

    public HigherLayerKey Key { get; protected set; } = HigherLayerKey.None;

    /// <summary>Why the method cannot succeed any more, for the user.</summary>
    public string? FailureMessage { get; protected set; }

    /// <returns>The Type-Data of the response, or null to drop the request silently.</returns>
    public abstract byte[]? Receive(ReadOnlySpan<byte> typeData);
}
