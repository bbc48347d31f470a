using System.Net;
using GatewayConfig;
using GatewayConfig.Addressing;
using GatewayConfig.Admin;
using GatewayConfig.Authentication;
using GatewayConfig.Decoy;
using GatewayConfig.Dns;
using GatewayConfig.Limits;
using GatewayConfig.Listening;
using GatewayConfig.Network;
using GatewayConfig.Tls;
using Operator.Resources.VpnGateways;

namespace Operator.Gateways.Planning.Configuration;

/// <summary>From the spec of a VpnGateway to the configuration that its gateways run from.</summary>
public static class GatewayFile
{
    private const string Users = "../users/" + GatewayNames.UsersKey;

    public static GatewayConfiguration Of(VpnGatewaySpec spec) => new()
    {
        Hostname = spec.Hostname,
        Listening = new ListeningConfig
        {
            Addresses = ListenAddresses(spec.Listening),
            AllowedSources = spec.Listening.AllowedSources,
            HttpPort = spec.Listening.HttpPort,
        },
        Tls = Tls(spec),
        Decoy = Decoy(spec.Decoy),
        Addressing = new AddressingConfig
        {
            Pools4 = spec.Addressing.Pools4,
            Pools6 = spec.Addressing.Pools6,
            LeaseMemory = spec.Addressing.LeaseMemory,
        },
        Network = Network(spec.Network),
        Dns = new DnsConfig
        {
            Forwarder = spec.Dns.Forwarder,
            Servers = spec.Dns.Servers,
            Zones = [.. spec.Dns.Zones.Select(zone => new DnsZoneConfig { Zone = zone.Zone, Servers = zone.Servers })],
            SearchDomains = spec.Dns.SearchDomains,
        },
        Authentication = Authentication(spec.Authentication),
        Limits = new LimitsConfig
        {
            Calls = spec.Limits.Calls,
            CallsPerUser = spec.Limits.CallsPerUser,
            ConnectionsPerSource = spec.Limits.ConnectionsPerSource,
            PendingConnections = spec.Limits.PendingConnections,
        },
        Admin = Admin(spec.Administration),
        DrainTime = spec.DrainTime,
    };

    private static List<string> ListenAddresses(GatewayListening listening)
    {
        IReadOnlyList<string> addresses = listening.Addresses.Count > 0 ? listening.Addresses : ["0.0.0.0", "::"];
        return [.. addresses.Select(address => Endpoint(address, listening.Port))];
    }

    // An address that is none is left for the validator to find.
    private static string Endpoint(string address, int port) =>
        IPAddress.TryParse(address, out var parsed) ? new IPEndPoint(parsed, port).ToString() : $"{address}:{port}";

    private static TlsConfig Tls(VpnGatewaySpec spec) => new()
    {
        Certificates = spec.Certificate is null
            ? []
            : [new CertificateConfig { CertificateFile = "../tls/tls.crt", KeyFile = "../tls/tls.key" }],
        MinimumVersion = spec.Tls.MinimumVersion == TlsMinimumVersion.Tls13 ? TlsVersion.Tls13 : TlsVersion.Tls12,
        Policy = spec.Tls.Policy == TlsSuites.LegacyRouterOs ? TlsPolicy.LegacyRouterOs : TlsPolicy.Modern,
    };

    private static DecoyConfig Decoy(GatewayDecoy decoy) => new()
    {
        Kind = decoy.Kind switch
        {
            DecoyKindName.Static => DecoyKind.Static,
            DecoyKindName.Proxy => DecoyKind.Proxy,
            _ => DecoyKind.NotFound,
        },
        ServerHeader = decoy.ServerHeader,
        Root = decoy.Kind == DecoyKindName.Static ? "../decoy" : null,
        Backend = decoy.Backend,
    };

    private static NetworkConfig Network(GatewayNetwork network) => new()
    {
        Device = network.Device,
        Mtu = network.Mtu,
        Queues = network.Queues,
        Masquerade = network.Masquerade,
        ClientIsolation = network.ClientIsolation,
        EnableForwarding = network.EnableForwarding,
        DefaultRoute = network.DefaultRoute,
        Routes = network.Routes,
        AccessRules = [.. network.AccessRules.Select(Rule)],
    };

    private static AccessRuleConfig Rule(AccessRule rule) => new()
    {
        Action = rule.Action == AccessVerdict.Deny ? AccessAction.Deny : AccessAction.Allow,
        Groups = rule.Groups,
        Users = rule.Users,
        To = rule.To,
        Protocol = rule.Protocol switch
        {
            TransportProtocol.Tcp => AccessProtocol.Tcp,
            TransportProtocol.Udp => AccessProtocol.Udp,
            TransportProtocol.Icmp => AccessProtocol.Icmp,
            _ => AccessProtocol.Any,
        },
        Ports = rule.Ports,
    };

    private static AuthenticationConfig Authentication(GatewayAuthentication authentication) => new()
    {
        Methods = [.. authentication.Methods.Select(method => method switch
        {
            AuthenticationMethod.MsChapV2 => MethodName.MsChapV2,
            AuthenticationMethod.ChapMd5 => MethodName.ChapMd5,
            AuthenticationMethod.Pap => MethodName.Pap,
            _ => MethodName.EapMsChapV2,
        })],
        UsersFile = authentication.UsersSecret is null ? null : Users,
        Lockout = new LockoutConfig
        {
            FailuresPerUserAndSource = authentication.Lockout.FailuresPerUserAndSource,
            FailuresPerSource = authentication.Lockout.FailuresPerSource,
            InitialWait = authentication.Lockout.InitialWait,
            MaximumWait = authentication.Lockout.MaximumWait,
        },
    };

    private static AdminConfig Admin(GatewayAdministration administration) => new()
    {
        Listen = Endpoint("127.0.0.1", administration.ProbePort),
        Tls = new AdminTlsConfig
        {
            Listen = Endpoint(administration.ChannelAddress, administration.ChannelPort),
            CertificateFile = "../channel/tls.crt",
            KeyFile = "../channel/tls.key",
            ClientCaFile = "../channel/ca.crt",
        },
    };
}
