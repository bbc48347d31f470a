namespace DnsProtocol;

/// <summary>The record types that something here must tell apart; all others pass through unseen (RFC 3597).</summary>
public static class DnsRecordType
{
    public const ushort A = 1;

    public const ushort Ns = 2;

    public const ushort Cname = 5;

    public const ushort Soa = 6;

    public const ushort Txt = 16;

    public const ushort Aaaa = 28;

    /// <summary>The pseudo record of EDNS (RFC 6891).</summary>
    public const ushort Opt = 41;

    /// <summary>The signature of a transaction (RFC 8945), always the last record of its message.</summary>
    public const ushort Tsig = 250;

    /// <summary>First of the meta types (RFC 6895 3.1: 128 to 255), which ask
    /// for something other than records of one type.</summary>
    public const ushort FirstMeta = 128;

    public const ushort LastMeta = 255;

    /// <summary>The one meta type that is forwarded.</summary>
    public const ushort Any = 255;
}
