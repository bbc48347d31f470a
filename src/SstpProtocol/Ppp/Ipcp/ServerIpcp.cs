namespace SstpProtocol.Ppp.Ipcp;

/// <summary>
/// IPCP of the end that assigns (RFC 1332, RFC 1877): the peer gets the one address and the name servers meant for it, and
/// is always told the gateway's address, without which RouterOS makes one up.
/// </summary>
internal sealed class ServerIpcp(Ipv4Assignment assignment, NegotiationLimits limits, PppFrameQueue output)
    : NegotiatedProtocol(PppProtocol.Ipcp, limits, output)
{
    private readonly byte[] _peer = Ipv4Octets.Of(assignment.Peer);
    private readonly byte[] _gateway = Ipv4Octets.Of(assignment.Gateway);
    private readonly byte[]? _primaryDns = assignment.Dns.Count > 0 ? Ipv4Octets.Of(assignment.Dns[0]) : null;
    private readonly byte[]? _secondaryDns = assignment.Dns.Count > 1 ? Ipv4Octets.Of(assignment.Dns[1]) : null;

    private bool _tellsGateway = true;
    private bool _peerAsksForAddress;

    protected override void WriteRequest(OptionWriter request)
    {
        if (_tellsGateway) request.Add(IpcpOptionType.Address, _gateway);
    }

    protected override void JudgingBegins() => _peerAsksForAddress = false;

    protected override OptionVerdict Judge(ConfigureOption option, OptionWriter nak)
    {
        var value = option.Type switch
        {
            IpcpOptionType.Address => _peer,
            IpcpOptionType.PrimaryDns => _primaryDns,
            IpcpOptionType.SecondaryDns => _secondaryDns,
            _ => null,
        };
        if (value is null || option.Data.Length != Ipv4Octets.Size) return OptionVerdict.Reject;

        if (option.Type == IpcpOptionType.Address) _peerAsksForAddress = true;
        if (option.Data.SequenceEqual(value)) return OptionVerdict.Ack;

        nak.Add(option.Type, value);
        return OptionVerdict.Nak;
    }

    protected override void AddMissing(OptionWriter nak)
    {
        if (!_peerAsksForAddress) nak.Add(IpcpOptionType.Address, _peer);
    }

    protected override void PeerRequestAcknowledged() { }

    /// <summary>The gateway's address is not the peer's to choose: the next request repeats it.</summary>
    protected override void OptionNaked(ConfigureOption option) { }

    protected override void OptionRejected(ConfigureOption option) => _tellsGateway = false;
}
