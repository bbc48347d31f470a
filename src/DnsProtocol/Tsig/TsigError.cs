namespace DnsProtocol.Tsig;

/// <summary>What the signature's record says went wrong (RFC 8945 3).</summary>
public enum TsigError : ushort
{
    None = 0,

    /// <summary>BADSIG: another secret under that name.</summary>
    BadSignature = 16,

    /// <summary>BADKEY: no key of that name, or another algorithm.</summary>
    BadKey = 17,

    /// <summary>BADTIME: the clocks are more than the fudge apart.</summary>
    BadTime = 18,

    /// <summary>BADTRUNC: a signature cut shorter than the server likes.</summary>
    BadTruncation = 22,
}
