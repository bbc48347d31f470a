namespace DnsProtocol.Tsig;

/// <summary>Whether a reply may be believed.</summary>
public enum TsigVerdict
{
    Verified,

    /// <summary>No signature. Errors about the key come so (RFC 8945 5.3.2); they explain, but prove nothing.</summary>
    NotSigned,

    /// <summary>Signed by another key than the request.</summary>
    OtherKey,

    /// <summary>The signature is not the one that the secret makes.</summary>
    Forged,

    /// <summary>Signed at a time too far from ours: an old reply sent again.</summary>
    OutOfTime,

    Malformed,
}
