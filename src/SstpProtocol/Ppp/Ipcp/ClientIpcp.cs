using System.Net;

namespace SstpProtocol.Ppp.Ipcp;

/// <summary>IPCP of the end that is assigned an address and name servers (RFC 1332, RFC 1877).</summary>
internal sealed class ClientIpcp(IPAddress wishedAddress, NegotiationLimits limits, PppFrameQueue output)
    : NegotiatedProtocol(PppProtocol.Ipcp, limits, output)
{
    // What is asked for, by option type; what the server Naks changes the value, what it rejects goes.
    private readonly SortedDictionary<byte, byte[]> _wishes = new()
    {
        [IpcpOptionType.Address] = Ipv4Octets.Of(wishedAddress),
        [IpcpOptionType.PrimaryDns] = new byte[Ipv4Octets.Size],
        [IpcpOptionType.SecondaryDns] = new byte[Ipv4Octets.Size],
    };

    private IPAddress? _judgedGateway;

    /// <summary>Null while the server has given none that a host can have.</summary>
    public IPAddress? Address => Given(IpcpOptionType.Address);

    /// <summary>The server's own address; null where it does not name one.</summary>
    public IPAddress? Gateway { get; private set; }

    public IReadOnlyList<IPAddress> Dns =>
        new[] { Given(IpcpOptionType.PrimaryDns), Given(IpcpOptionType.SecondaryDns) }.OfType<IPAddress>().ToArray();

    protected override void WriteRequest(OptionWriter request)
    {
        foreach (var (type, value) in _wishes) request.Add(type, value);
    }

    protected override void JudgingBegins() => _judgedGateway = null;

    protected override OptionVerdict Judge(ConfigureOption option, OptionWriter nak)
    {
        if (option.Type != IpcpOptionType.Address || option.Data.Length != Ipv4Octets.Size || !Ipv4Octets.IsUnicast(option.Data))
            return OptionVerdict.Reject;

        _judgedGateway = new IPAddress(option.Data);
        return OptionVerdict.Ack;
    }

    protected override void PeerRequestAcknowledged() => Gateway = _judgedGateway;

    protected override void OptionNaked(ConfigureOption option)
    {
        if (option.Data.Length == Ipv4Octets.Size && _wishes.ContainsKey(option.Type) && Ipv4Octets.IsUnicast(option.Data))
            _wishes[option.Type] = option.Data.ToArray();
    }

    protected override void OptionRejected(ConfigureOption option) => _wishes.Remove(option.Type);

    private IPAddress? Given(byte type) =>
        _wishes.TryGetValue(type, out var octets) && Ipv4Octets.IsUnicast(octets) ? new IPAddress(octets) : null;
}
