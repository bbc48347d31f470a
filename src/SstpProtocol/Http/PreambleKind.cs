namespace SstpProtocol.Http;

/// <summary>What a well-formed HTTP request asks for.</summary>
public enum PreambleKind
{
    /// <summary>Anything but SSTP; whoever answers for the web site gets it.</summary>
    OtherHttp,

    /// <summary>SSTP_DUPLEX_POST to the SSTP path (MS-SSTP 3.2.4.1).</summary>
    Sstp,
}
