using System.Net;
using GatewayConfig.Channel;
using Operator.Dns.Vantages;
using Operator.Resources.DdnsRecords;

namespace Operator.Tests.Dns.Records;

/// <summary>Points of view that see what the test says.</summary>
internal sealed class ScriptedVantages : IGatewayVantages, IPeerVantages
{
    /// <summary>Gateways and peers that cannot be asked.</summary>
    public HashSet<string> Silent { get; } = [];

    /// <summary>Addresses that nobody reaches from there, by "point address"; a point "*" is every one.</summary>
    public HashSet<string> Unreached { get; } = [];

    /// <summary>Where the name leads for them; null: to nothing that they can tell.</summary>
    public string? LeadsTo { get; set; }

    /// <summary>Names of the certificate that they are shown.</summary>
    public IReadOnlyList<string> Shown { get; set; } = ["vpn.example.com"];

    public List<string> Asked { get; } = [];

    Task<Testimony> IGatewayVantages.AskAsync(
        string ns, string gateway, ProbeRequest request, IReadOnlyList<IPEndPoint> targets, CancellationToken stopping) =>
        Task.FromResult(Ask(gateway, request));

    Task<Testimony> IPeerVantages.AskAsync(string ns, PeerOperator peer, ProbeRequest request, CancellationToken stopping) =>
        Task.FromResult(Ask(peer.Url, request));

    private Testimony Ask(string point, ProbeRequest request)
    {
        lock (Asked)
        {
            Asked.Add($"{point} {request.Host} {request.Address}:{request.Port}");
            if (Silent.Contains(point)) return Testimony.Silent("no answer");
            if (request.Address is not { } address)
                return Testimony.Of(new ProbeResult { Addresses = LeadsTo is null ? [] : [LeadsTo] });
            if (Unreached.Contains($"{point} {address}") || Unreached.Contains($"* {address}"))
                return Testimony.Of(new ProbeResult { Problem = "Connection timed out" });
            return Testimony.Of(
                new ProbeResult { IsReachable = true, Address = address, Certificate = new ServedCertificate { Names = Shown } });
        }
    }
}
