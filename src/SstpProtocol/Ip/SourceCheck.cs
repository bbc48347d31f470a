namespace SstpProtocol.Ip;

/// <summary>Which source addresses a client may use: those it was given, and no others (RFC 2827).</summary>
/// <param name="Address4">The one IPv4 address as a number; null when the client has none.</param>
/// <param name="Prefix6">The upper 64 bits of the client's /64; null when it has none, which also forbids link-local.</param>
public readonly record struct SourceCheck(uint? Address4, ulong? Prefix6)
{
    // fe80::/10
    private const ulong LinkLocalPrefix = 0xFE80_0000_0000_0000;
    private const ulong LinkLocalMask = 0xFFC0_0000_0000_0000;

    /// <summary>True for a well-formed IPv4 or IPv6 packet from an address of the client; false for all else.</summary>
    public bool Permits(ReadOnlySpan<byte> packet)
    {
        if (packet.IsEmpty) return false;
        return (packet[0] >> 4) switch
        {
            4 => Address4 is { } own && Ipv4Header.TryRead(packet, out var header) && header.Source == own,
            6 =>
                Prefix6 is { } prefix && Ipv6Header.TryRead(packet, out var header)
                && Permits6((ulong)(header.Source >> 64), prefix),
            _ => false,
        };
    }

    private static bool Permits6(ulong upper, ulong prefix) => upper == prefix || (upper & LinkLocalMask) == LinkLocalPrefix;
}
