namespace DnsProtocol;

/// <summary>Where a record stands in its message and what is to be known of it
/// before its data is read (RFC 1035 4.1.3).</summary>
/// <param name="Start">Offset of the owner's name.</param>
/// <param name="Ttl">Seconds, as sent: for OPT it is not a time.</param>
/// <param name="TtlOffset">Where the four bytes of the TTL are.</param>
public readonly record struct DnsRecord(
    DnsSection Section, int Start, ushort Type, ushort Class, uint Ttl, int TtlOffset, int DataOffset, int DataLength)
{
    /// <summary>The TTL to go by: a value with the top bit set counts as zero (RFC 2181 8).</summary>
    public uint EffectiveTtl => Ttl > int.MaxValue ? 0 : Ttl;
}
