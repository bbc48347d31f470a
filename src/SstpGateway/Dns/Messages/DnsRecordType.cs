namespace SstpGateway.Dns.Messages;

/// <summary>The record types a forwarder must tell apart; all others pass through unseen (RFC 3597).</summary>
internal static class DnsRecordType
{
    public const ushort Soa = 6;

    /// <summary>The pseudo record of EDNS (RFC 6891).</summary>
    public const ushort Opt = 41;

    /// <summary>First of the meta types (RFC 6895 3.1: 128 to 255), which ask for something other than records of one type.</summary>
    public const ushort FirstMeta = 128;

    public const ushort LastMeta = 255;

    /// <summary>The one meta type that is forwarded.</summary>
    public const ushort Any = 255;
}
