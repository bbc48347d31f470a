using System.Net;
using GatewayConfig.Channel;
using Operator.Dns.Vantages;
using Operator.Resources.DdnsRecords;

namespace Operator.Dns.Reachability;

/// <summary>Has all points outside look at a name and its addresses.</summary>
public sealed class OutsideEyes(IGatewayVantages gateways, IPeerVantages peers)
{
    private const int PatienceSeconds = 5;

    public async Task<OutsideRound> LookAsync(
        string ns, string name, AddressSet published, ReachabilityCheck check, CancellationToken stopping)
    {
        var endPoints = published.All.Select(address => new IPEndPoint(address, check.Port)).ToArray();
        (string Point, Func<ProbeRequest, Task<Testimony>> Ask)[] points =
        [
            .. check.Vantages.Select(vantage => ($"gateway {vantage}", (Func<ProbeRequest, Task<Testimony>>)(request =>
                gateways.AskAsync(ns, vantage, request, endPoints, stopping)))),
            .. check.Peers.Select(peer => ($"operator {peer.Url}", (Func<ProbeRequest, Task<Testimony>>)(request =>
                peers.AskAsync(ns, peer, request, stopping)))),
        ];
        var request = new ProbeRequest
        {
            Host = name, Port = check.Port, Depth = ProbeDepth.Tls, TimeoutSeconds = PatienceSeconds,
        };
        var looks = points.SelectMany(point => published.All.Select(async address =>
            OutsideLook.From(point.Point, name, address, await point.Ask(request with { Address = address.ToString() }))))
            .ToArray();
        var names = points.Select(async point => new NameLook(
            point.Point, AddressSet.Parse((await point.Ask(request with { Depth = ProbeDepth.Tcp })).Result?.Addresses ?? [])))
            .ToArray();
        return new OutsideRound(published, check.Port, [.. await Task.WhenAll(looks)], [.. await Task.WhenAll(names)]);
    }
}
