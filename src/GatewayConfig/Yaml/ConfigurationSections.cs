using GatewayConfig.Addressing;
using GatewayConfig.Admin;
using GatewayConfig.Authentication;
using GatewayConfig.Decoy;
using GatewayConfig.Dns;
using GatewayConfig.Limits;
using GatewayConfig.Listening;
using GatewayConfig.Network;
using GatewayConfig.Tls;

namespace GatewayConfig.Yaml;

/// <summary>Which keys each section has, and which field of the record each one fills. Defaults are the records' own.</summary>
internal static class ConfigurationSections
{
    public static GatewayConfiguration Configuration(YamlSection section)
    {
        var defaults = new GatewayConfiguration();
        return new GatewayConfiguration
        {
            Revision = section.Long("revision", defaults.Revision),
            Hostname = section.OptionalText("hostname", defaults.Hostname),
            Listening = section.Section("listening", Listening),
            Tls = section.Section("tls", Tls),
            Decoy = section.Section("decoy", Decoy),
            Addressing = section.Section("addressing", Addressing),
            Network = section.Section("network", Network),
            Dns = section.Section("dns", Dns),
            Authentication = section.Section("authentication", Authentication),
            Limits = section.Section("limits", Limits),
            Admin = section.Section("admin", Admin),
            DrainTime = section.Duration("drainTime", defaults.DrainTime),
        };
    }

    private static ListeningConfig Listening(YamlSection section)
    {
        var defaults = new ListeningConfig();
        return new ListeningConfig
        {
            Addresses = section.Texts("addresses", defaults.Addresses),
            AllowedSources = section.Texts("allowedSources", defaults.AllowedSources),
            HttpPort = section.Integer("httpPort", defaults.HttpPort),
        };
    }

    private static TlsConfig Tls(YamlSection section)
    {
        var defaults = new TlsConfig();
        return new TlsConfig
        {
            Certificates = section.Sections("certificates", defaults.Certificates, Certificate),
            MinimumVersion = section.Word("minimumVersion", defaults.MinimumVersion),
            Policy = section.Word("policy", defaults.Policy),
        };
    }

    private static CertificateConfig Certificate(YamlSection section)
    {
        var defaults = new CertificateConfig();
        return new CertificateConfig
        {
            CertificateFile = section.Text("certificateFile", defaults.CertificateFile),
            KeyFile = section.Text("keyFile", defaults.KeyFile),
        };
    }

    private static DecoyConfig Decoy(YamlSection section)
    {
        var defaults = new DecoyConfig();
        return new DecoyConfig
        {
            Kind = section.Word("kind", defaults.Kind),
            ServerHeader = section.Text("serverHeader", defaults.ServerHeader),
            Root = section.OptionalText("root", defaults.Root),
            Backend = section.OptionalText("backend", defaults.Backend),
        };
    }

    private static AddressingConfig Addressing(YamlSection section)
    {
        var defaults = new AddressingConfig();
        return new AddressingConfig
        {
            Pools4 = section.Texts("pools4", defaults.Pools4),
            Pools6 = section.Texts("pools6", defaults.Pools6),
            LeaseFile = section.OptionalText("leaseFile", defaults.LeaseFile),
            LeaseMemory = section.Duration("leaseMemory", defaults.LeaseMemory),
        };
    }

    private static NetworkConfig Network(YamlSection section)
    {
        var defaults = new NetworkConfig();
        return new NetworkConfig
        {
            Device = section.Text("device", defaults.Device),
            Mtu = section.Integer("mtu", defaults.Mtu),
            Queues = section.Integer("queues", defaults.Queues),
            Masquerade = section.Flag("masquerade", defaults.Masquerade),
            ClientIsolation = section.Flag("clientIsolation", defaults.ClientIsolation),
            EnableForwarding = section.Flag("enableForwarding", defaults.EnableForwarding),
            DefaultRoute = section.Flag("defaultRoute", defaults.DefaultRoute),
            Routes = section.Texts("routes", defaults.Routes),
            AccessRules = section.Sections("accessRules", defaults.AccessRules, AccessRule),
        };
    }

    private static AccessRuleConfig AccessRule(YamlSection section)
    {
        var defaults = new AccessRuleConfig();
        return new AccessRuleConfig
        {
            Action = section.Word("action", defaults.Action),
            Groups = section.Texts("groups", defaults.Groups),
            Users = section.Texts("users", defaults.Users),
            To = section.Texts("to", defaults.To),
            Protocol = section.Word("protocol", defaults.Protocol),
            Ports = section.Texts("ports", defaults.Ports),
        };
    }

    private static DnsConfig Dns(YamlSection section)
    {
        var defaults = new DnsConfig();
        return new DnsConfig
        {
            Forwarder = section.Flag("forwarder", defaults.Forwarder),
            Servers = section.Texts("servers", defaults.Servers),
            Zones = section.Sections("zones", defaults.Zones, DnsZone),
            SearchDomains = section.Texts("searchDomains", defaults.SearchDomains),
            CacheEntries = section.Integer("cacheEntries", defaults.CacheEntries),
            MaxQueriesPerClient = section.Integer("maxQueriesPerClient", defaults.MaxQueriesPerClient),
        };
    }

    private static DnsZoneConfig DnsZone(YamlSection section)
    {
        var defaults = new DnsZoneConfig();
        return new DnsZoneConfig
        {
            Zone = section.Text("zone", defaults.Zone),
            Servers = section.Texts("servers", defaults.Servers),
        };
    }

    private static AuthenticationConfig Authentication(YamlSection section)
    {
        var defaults = new AuthenticationConfig();
        return new AuthenticationConfig
        {
            Methods = section.Words("methods", defaults.Methods),
            UsersFile = section.OptionalText("usersFile", defaults.UsersFile),
            Lockout = section.Section("lockout", Lockout),
        };
    }

    private static LockoutConfig Lockout(YamlSection section)
    {
        var defaults = new LockoutConfig();
        return new LockoutConfig
        {
            FailuresPerUserAndSource = section.Integer("failuresPerUserAndSource", defaults.FailuresPerUserAndSource),
            FailuresPerSource = section.Integer("failuresPerSource", defaults.FailuresPerSource),
            InitialWait = section.Duration("initialWait", defaults.InitialWait),
            MaximumWait = section.Duration("maximumWait", defaults.MaximumWait),
        };
    }

    private static LimitsConfig Limits(YamlSection section)
    {
        var defaults = new LimitsConfig();
        return new LimitsConfig
        {
            Calls = section.Integer("calls", defaults.Calls),
            CallsPerUser = section.Integer("callsPerUser", defaults.CallsPerUser),
            ConnectionsPerSource = section.Integer("connectionsPerSource", defaults.ConnectionsPerSource),
            PendingConnections = section.Integer("pendingConnections", defaults.PendingConnections),
            HandshakeTimeout = section.Duration("handshakeTimeout", defaults.HandshakeTimeout),
            PreambleTimeout = section.Duration("preambleTimeout", defaults.PreambleTimeout),
            NegotiationTimeout = section.Duration("negotiationTimeout", defaults.NegotiationTimeout),
        };
    }

    private static AdminConfig Admin(YamlSection section)
    {
        var defaults = new AdminConfig();
        return new AdminConfig
        {
            Listen = section.OptionalText("listen", defaults.Listen),
            Tls = section.OptionalSection("tls", AdminTls),
        };
    }

    private static AdminTlsConfig AdminTls(YamlSection section)
    {
        var defaults = new AdminTlsConfig();
        return new AdminTlsConfig
        {
            Listen = section.Text("listen", defaults.Listen),
            CertificateFile = section.Text("certificateFile", defaults.CertificateFile),
            KeyFile = section.Text("keyFile", defaults.KeyFile),
            ClientCaFile = section.Text("clientCaFile", defaults.ClientCaFile),
        };
    }
}
