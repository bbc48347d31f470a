using System.Buffers.Binary;
using System.Net;
using Operator.Resources.VpnGateways;

namespace Operator.Gateways.Profiles;

/// <summary>What client profiles are made from: the gateway, and perhaps one user.</summary>
public sealed record ProfileSubject
{
    /// <summary>What the connection is called: the VpnGateway's name.</summary>
    public required string Name { get; init; }

    /// <summary>The name to dial.</summary>
    public required string Hostname { get; init; }

    public int Port { get; init; } = 443;

    /// <summary>The gateway offers nothing but PAP, as one-time codes need.</summary>
    public bool IsPapOnly { get; init; }

    /// <summary>Everything goes through the tunnel; else <see cref="Routes"/>.</summary>
    public bool DefaultRoute { get; init; } = true;

    public IReadOnlyList<string> Routes { get; init; } = [];

    public IReadOnlyList<string> SearchDomains { get; init; } = [];

    /// <summary>Names at and below these are asked of <see cref="DnsServers"/>, through the tunnel.</summary>
    public IReadOnlyList<string> InsideZones { get; init; } = [];

    /// <summary>Addresses without ports.</summary>
    public IReadOnlyList<string> DnsServers { get; init; } = [];

    public int Mtu { get; init; } = 1400;

    public bool HasIpv6 { get; init; }

    /// <summary>Null leaves a place to fill in.</summary>
    public string? User { get; init; }

    /// <summary>Null leaves a place to fill in, or has the client ask.</summary>
    public string? Password { get; init; }

    /// <summary>PEM of a private authority that clients have to trust; null when a public one is used.</summary>
    public string? AuthorityPem { get; init; }

    /// <summary>Host, with the port unless it is 443.</summary>
    public string Server => Port == 443 ? Hostname : $"{Hostname}:{Port}";

    /// <summary>Routes that a client has to be given: none when everything goes through the tunnel.</summary>
    public IReadOnlyList<string> ClientRoutes => DefaultRoute ? [] : Routes;

    /// <returns>Null without a hostname: nobody could dial.</returns>
    public static ProfileSubject? Of(VpnGateway gateway)
    {
        var spec = gateway.Spec;
        if (spec.Hostname is not { } hostname) return null;

        return new ProfileSubject
        {
            Name = gateway.Metadata.Name,
            Hostname = hostname,
            Port = spec.Listening.Port,
            IsPapOnly = spec.Authentication.Methods is [AuthenticationMethod.Pap],
            DefaultRoute = spec.Network.DefaultRoute,
            Routes = spec.Network.Routes,
            SearchDomains = spec.Dns.SearchDomains,
            InsideZones = [.. spec.Dns.SearchDomains.Concat(spec.Dns.Zones.Select(zone => zone.Zone))
                .Distinct(StringComparer.OrdinalIgnoreCase)],
            DnsServers = spec.Dns.Forwarder
                ? [GatewayAddress(spec.Addressing.Pools4[0])]
                : [.. spec.Dns.Servers.Where(server => IPAddress.TryParse(server, out _))],
            Mtu = spec.Network.Mtu,
            HasIpv6 = spec.Addressing.Pools6.Count > 0,
        };
    }

    /// <summary>The gateway's own address inside: the first usable one of the first pool.
    /// A /31 and a /32 have no address to leave out.</summary>
    private static string GatewayAddress(string pool)
    {
        var network = IPNetwork.Parse(pool);
        var bytes = network.BaseAddress.GetAddressBytes();
        if (network.PrefixLength < 31)
            BinaryPrimitives.WriteUInt32BigEndian(bytes, BinaryPrimitives.ReadUInt32BigEndian(bytes) + 1);
        return new IPAddress(bytes).ToString();
    }
}
