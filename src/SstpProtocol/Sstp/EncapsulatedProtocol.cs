namespace SstpProtocol.Sstp;

/// <summary>What SSTP data packets carry (MS-SSTP 2.2.5).</summary>
public enum EncapsulatedProtocol : ushort
{
    None = 0,

    /// <summary>SSTP_ENCAPSULATED_PROTOCOL_PPP, the only one defined.</summary>
    Ppp = 1,
}
