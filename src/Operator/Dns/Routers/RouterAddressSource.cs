using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using Operator.Dns.Sources;
using Operator.Resources.DdnsRecords;

namespace Operator.Dns.Routers;

/// <summary>The router in front: its outside address, and a port that it forwards as long as it is asked.</summary>
/// <param name="router">Null: the default gateway.</param>
/// <param name="protocols">In the order they are tried.</param>
public sealed class RouterAddressSource(
    IPAddress? router, IReadOnlyList<(RouterProtocol Name, IRouterProtocol Protocol)> protocols, MappingRequest? mapping,
    IReadOnlyList<IPNetwork> allowed, TimeProvider time) : IAddressSource
{
    public bool IsAuthoritative => false;

    /// <summary>What was found last, for the status.</summary>
    public RouterFindings? Findings { get; private set; }

    public async Task<SourceReading> ReadAsync(CancellationToken stopping)
    {
        if ((router ?? DefaultGateway()) is not { } address)
            return new SourceReading.Failed("this host has no default gateway; give spec.source.router.address");

        var problems = new List<string>();
        foreach (var (name, protocol) in protocols)
        {
            switch (await protocol.AskAsync(address, mapping, stopping))
            {
                case RouterAnswer.Known known:
                    return Judge(name, known);
                case RouterAnswer.Refused refused:
                    problems.Add(refused.Why);
                    break;
                case RouterAnswer.Silent silent:
                    problems.Add(silent.Why);
                    break;
            }
        }

        Findings = new RouterFindings { Message = string.Join("; ", problems) };
        return new SourceReading.Failed(string.Join("; ", problems));
    }

    /// <summary>Has the router forget the port, by whichever protocol it answers.</summary>
    /// <returns>Why it does not; null when it has, or none was asked for.</returns>
    public async Task<string?> TakeBackAsync(CancellationToken stopping)
    {
        if (mapping is null) return null;
        if ((router ?? DefaultGateway()) is not { } address) return "this host has no default gateway";

        var problems = new List<string>();
        foreach (var (_, protocol) in protocols)
        {
            switch (await protocol.AskAsync(address, mapping with { Lifetime = TimeSpan.Zero }, stopping))
            {
                case RouterAnswer.Known:
                    return null;
                case RouterAnswer.Refused refused:
                    problems.Add(refused.Why);
                    break;
                case RouterAnswer.Silent silent:
                    problems.Add(silent.Why);
                    break;
            }
        }

        return string.Join("; ", problems);
    }

    private SourceReading Judge(RouterProtocol protocol, RouterAnswer.Known known)
    {
        var objection = PublicAddress.Objection(known.External, allowed);
        Findings = new RouterFindings
        {
            Protocol = protocol,
            ExternalAddress = known.External.ToString(),
            DoubleNat = objection is not null,
            MappedPort = known.Mapping?.ExternalPort,
            MappedUntil = known.Mapping is { } given
                ? DateTimeOffset.FromUnixTimeSeconds((time.GetUtcNow() + given.Lifetime).ToUnixTimeSeconds())
                : null,
            Message = known.Mapping is { } other && other.ExternalPort != mapping?.ExternalPort
                ? $"the router gave port {other.ExternalPort} instead of {mapping?.ExternalPort}"
                : null,
        };
        return objection is not null
            ? new SourceReading.Unsure(
                "DoubleNat",
                $"The router's outside address is not public: {objection}. There is another router further out: "
                + "forward the port there too, or ask the provider for a public address.")
            : new SourceReading.Found(new AddressSet([known.External]));
    }

    private static IPAddress? DefaultGateway() => NetworkInterface.GetAllNetworkInterfaces()
        .Where(device => device.OperationalStatus == OperationalStatus.Up)
        .SelectMany(device => device.GetIPProperties().GatewayAddresses)
        .Select(gateway => gateway.Address)
        .FirstOrDefault(address => address.AddressFamily == AddressFamily.InterNetwork && !address.Equals(IPAddress.Any));
}
