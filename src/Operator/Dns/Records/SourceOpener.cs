using System.Net;
using Operator.Dns.Push;
using Operator.Dns.Resolving;
using Operator.Dns.Routers;
using Operator.Dns.Sources;
using Operator.Resources.DdnsRecords;

namespace Operator.Dns.Records;

/// <summary>Makes the source that a specification names.</summary>
public sealed class SourceOpener(
    IRecordWorld world, FamilyClients clients, IReadOnlyDictionary<RouterProtocol, IRouterProtocol> routers, TimeProvider time)
{
    /// <param name="annotations">The record's: a report stands there.</param>
    /// <param name="published">What stands at the name at the time of each reading.</param>
    /// <param name="owner">The record's UID.</param>
    public IAddressSource Open(
        string ns, DdnsRecordSpec spec, AddressSource source,
        IReadOnlyDictionary<string, string> annotations, Func<AddressSet> published, string owner)
    {
        var allowed = source.AllowedRanges.Select(text => IPNetwork.TryParse(text, out var network) ? network : (IPNetwork?)null)
            .OfType<IPNetwork>()
            .ToArray();
        var v4 = spec.RecordTypes.Contains(Resources.DdnsRecords.RecordType.A);
        var v6 = spec.RecordTypes.Contains(Resources.DdnsRecords.RecordType.AAAA);
        return source.Kind switch
        {
            AddressSourceKind.Static => new FixedSource(
                AddressSet.Parse(source.Static?.Addresses ?? []).Only(v4, v6),
                null,
                "spec.source.static names no address of the wanted types"),
            AddressSourceKind.Web =>
                new WebEchoSource(WebEchoSettings.From(source.Web ?? new WebSource(), v4, v6, allowed), clients, published, time),
            AddressSourceKind.Dns => Dns(source.Dns ?? new DnsSource(), v4, v6, allowed, published),
            AddressSourceKind.Interface => new InterfaceAddressSource(source.Interface?.Name ?? "", v4, v6, allowed),
            AddressSourceKind.Node => new FixedSource(
                Nodes(source.Node ?? new NodeSource()).Only(v4, v6),
                allowed,
                "no node that is ready has an address of the wanted types; look at spec.source.node"),
            AddressSourceKind.Service => new FixedSource(
                world.ServiceAddresses(ns, source.Service?.Name ?? "").Only(v4, v6),
                allowed,
                $"the Service {source.Service?.Name} has no load balancer address yet"),
            AddressSourceKind.VpnGateway => new FixedSource(
                Gateways(ns, source.VpnGateway ?? new VpnGatewaySource(), published()).Only(v4, v6),
                allowed,
                $"no node runs the VpnGateway {source.VpnGateway?.Name} yet"),
            AddressSourceKind.Push => new FixedSource(
                Reported(source.Push ?? new PushSource(), annotations).Only(v4, v6),
                allowed,
                "nothing has reported an address yet, or the report is too old"),
            AddressSourceKind.Router => Router(source.Router ?? new RouterSource(), allowed, owner),
            _ => throw new ArgumentOutOfRangeException(nameof(source), source.Kind, "not a kind of source"),
        };
    }

    private static DnsEchoSource Dns(
        DnsSource source, bool v4, bool v6, IReadOnlyList<IPNetwork> allowed, Func<AddressSet> published) =>
        new(
            DnsEchoQuestion.From(source), source.Quorum,
            new DnsExchange(TimeProvider.System, source.Timeout), v4, v6, allowed, published);

    private RouterAddressSource Router(RouterSource source, IReadOnlyList<IPNetwork> allowed, string owner) => new(
        IPAddress.TryParse(source.Address, out var address) ? address : null,
        [.. source.Protocols.Select(name => (name, routers[name]))],
        source.PortMapping is { } mapping
            ? new MappingRequest(
                mapping.InternalPort, mapping.ExternalPort, mapping.Lifetime, owner,
                IPAddress.TryParse(mapping.InternalAddress, out var host) ? host : null)
            : null,
        allowed,
        time);

    private AddressSet Nodes(NodeSource source) => world.NodeAddresses(source.NodeSelector, source.AddressTypes);

    // The first address is published whatever its health: without it no certificate, without that no gateway that is ready.
    private AddressSet Gateways(string ns, VpnGatewaySource source, AddressSet published)
    {
        var ready = world.GatewayAddresses(ns, source.Name, source.AddressTypes, onlyReady: true);
        return ready.IsEmpty && published.IsEmpty
            ? world.GatewayAddresses(ns, source.Name, source.AddressTypes, onlyReady: false)
            : ready;
    }

    private AddressSet Reported(PushSource source, IReadOnlyDictionary<string, string> annotations) =>
        PushReport.TryRead(annotations.GetValueOrDefault(PushReport.Annotation)) is { } report &&
        (source.MaximumAge is not { } age || time.GetUtcNow() - report.Time <= age.Value)
            ? report.Addresses
            : AddressSet.Empty;
}
