namespace SstpProtocol.Ppp.Ipv6cp;

/// <summary>
/// IPv6CP of the gateway (RFC 5072): keeps its own identifier and takes any of the peer's that differs from it.
/// </summary>
internal sealed class ServerIpv6cp(Ipv6Assignment assignment, NegotiationLimits limits, PppFrameQueue output)
    : NegotiatedProtocol(PppProtocol.Ipv6cp, limits, output)
{
    private bool _tellsOwn = true;
    private ulong? _judged;

    /// <summary>What the peer asked for and got; what it was meant to get, where it never asked.</summary>
    public ulong PeerInterfaceId { get; private set; } = assignment.PeerInterfaceId;

    protected override void WriteRequest(OptionWriter request)
    {
        if (_tellsOwn) request.AddUInt64(InterfaceIdentifierOption.Type, assignment.GatewayInterfaceId);
    }

    protected override void JudgingBegins() => _judged = null;

    protected override OptionVerdict Judge(ConfigureOption option, OptionWriter nak)
    {
        if (!InterfaceIdentifierOption.TryRead(option, out var identifier)) return OptionVerdict.Reject;

        _judged = identifier;
        if (identifier != 0 && identifier != assignment.GatewayInterfaceId) return OptionVerdict.Ack;

        nak.AddUInt64(InterfaceIdentifierOption.Type, assignment.PeerInterfaceId);
        return OptionVerdict.Nak;
    }

    protected override void AddMissing(OptionWriter nak)
    {
        if (_judged is null) nak.AddUInt64(InterfaceIdentifierOption.Type, assignment.PeerInterfaceId);
    }

    protected override void PeerRequestAcknowledged() => PeerInterfaceId = _judged ?? assignment.PeerInterfaceId;

    /// <summary>Router advertisements come from this address, so it stays; the peer's can move.</summary>
    protected override void OptionNaked(ConfigureOption option) { }

    protected override void OptionRejected(ConfigureOption option) => _tellsOwn = false;
}
