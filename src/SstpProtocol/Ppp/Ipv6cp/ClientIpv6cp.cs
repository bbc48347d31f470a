using System.Buffers.Binary;

namespace SstpProtocol.Ppp.Ipv6cp;

/// <summary>IPv6CP of the client (RFC 5072): asks for the wished identifier, or a random one,
/// and takes the one it is given instead.</summary>
internal sealed class ClientIpv6cp(ulong? wished, IRandomBytes random, NegotiationLimits limits, PppFrameQueue output)
    : NegotiatedProtocol(PppProtocol.Ipv6cp, limits, output)
{
    // Set, it would claim an identifier made from a globally unique hardware address (RFC 5072 4.1).
    private const ulong UniversalBit = 0x0200_0000_0000_0000;

    private bool _tellsOwn = true;
    private ulong? _judged;

    public ulong OwnInterfaceId { get; private set; } = wished ?? NewIdentifier(random);

    /// <summary>Null where the server does not name one.</summary>
    public ulong? PeerInterfaceId { get; private set; }

    protected override void WriteRequest(OptionWriter request)
    {
        if (_tellsOwn) request.AddUInt64(InterfaceIdentifierOption.Type, OwnInterfaceId);
    }

    protected override void JudgingBegins() => _judged = null;

    protected override OptionVerdict Judge(ConfigureOption option, OptionWriter nak)
    {
        if (!InterfaceIdentifierOption.TryRead(option, out var identifier)) return OptionVerdict.Reject;

        _judged = identifier;
        if (identifier != 0 && identifier != OwnInterfaceId) return OptionVerdict.Ack;

        nak.AddUInt64(InterfaceIdentifierOption.Type, NewIdentifier(random));
        return OptionVerdict.Nak;
    }

    protected override void PeerRequestAcknowledged() => PeerInterfaceId = _judged;

    protected override void OptionNaked(ConfigureOption option)
    {
        if (InterfaceIdentifierOption.TryRead(option, out var identifier))
            OwnInterfaceId = identifier == 0 ? NewIdentifier(random) : identifier;
    }

    protected override void OptionRejected(ConfigureOption option) => _tellsOwn = false;

    private static ulong NewIdentifier(IRandomBytes random)
    {
        Span<byte> octets = stackalloc byte[sizeof(ulong)];
        random.Fill(octets);
        var identifier = BinaryPrimitives.ReadUInt64BigEndian(octets) & ~UniversalBit;
        return identifier == 0 ? 1 : identifier;   // zero means "none" (RFC 5072 4.1)
    }
}
