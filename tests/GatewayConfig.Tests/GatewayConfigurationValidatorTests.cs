using GatewayConfig.Yaml;

namespace GatewayConfig.Tests;

public sealed class GatewayConfigurationValidatorTests
{
    [Fact]
    public void Takes_the_defaults() => Assert.Empty(new GatewayConfigurationValidator().Check(new GatewayConfiguration()));

    [Theory]
    [InlineData("network: {mtu: 1280}")]
    [InlineData("network: {mtu: 4087}")]
    [InlineData("network: {queues: 64}")]
    [InlineData("limits: {negotiationTimeout: 180s}")]
    [InlineData("limits: {negotiationTimeout: 5s}")]
    [InlineData("drainTime: 0s")]
    [InlineData("drainTime: 24h")]
    [InlineData("addressing: {pools4: [10.0.0.0/12]}")]
    [InlineData("addressing: {pools4: [10.0.0.0/30, 10.0.0.4/32]}")]
    [InlineData("addressing: {pools6: ['fd00::/63']}")]
    [InlineData("addressing: {pools6: ['fd00::/64', 'fd00:0:0:1::/64']}")]
    [InlineData("dns: {forwarder: false, servers: [192.0.2.53, '2001:db8::53']}")]
    [InlineData("admin: {listen: '[::1]:9480'}")]
    [InlineData(
        "admin: {listen: '127.0.0.1:9480', tls: {listen: '0.0.0.0:9481', certificateFile: /a, keyFile: /b, clientCaFile: /c}}")]
    [InlineData("network: {accessRules: [{protocol: udp, ports: ['53']}, {action: deny}]}")]
    [InlineData("decoy: {kind: proxy, backend: 'https://[2001:db8::1]:8443'}")]
    [InlineData("hostname: xn--bcher-kva.example")]
    public void Takes_what_is_just_within_bounds(string text)
    {
        GatewayConfigurationReader.TryRead(text, out _, out var errors);

        Assert.Empty(errors);
    }

    [Theory]
    [InlineData("hostname: 192.0.2.1", "hostname", "give a name")]
    [InlineData("hostname: a_b.example", "hostname", "no underscore")]
    [InlineData("hostname: ''", "hostname", "give a DNS name")]
    [InlineData("hostname: a..b", "hostname", "give a DNS name")]
    [InlineData("drainTime: 24h1ms", "drainTime", "give 0s to 1d")]
    [InlineData("listening: {addresses: []}", "listening.addresses", "give 1 to 16")]
    [InlineData("listening: {addresses: [':443']}", "listening.addresses[0]", "address:port")]
    [InlineData("listening: {addresses: ['::443']}", "listening.addresses[0]", "address:port")]
    [InlineData("listening: {addresses: ['vpn.example:443']}", "listening.addresses[0]", "address:port")]
    [InlineData("listening: {addresses: ['0.0.0.0:0']}", "listening.addresses[0]", "address:port")]
    [InlineData("listening: {addresses: ['0.0.0.0:443', '0.0.0.0:443']}", "listening.addresses", "more than once")]
    [InlineData("listening: {allowedSources: [10.1.2.3/8]}", "listening.allowedSources[0]", "give 10.0.0.0/8")]
    [InlineData("listening: {allowedSources: ['2001:db8::1/48']}", "listening.allowedSources[0]", "give 2001:db8::/48")]
    [InlineData("listening: {allowedSources: [10.1/16]}", "listening.allowedSources[0]", "give a network")]
    [InlineData("listening: {allowedSources: [192.0.2.1]}", "listening.allowedSources[0]", "give a network")]
    [InlineData("listening: {allowedSources: [192.0.2.0/33]}", "listening.allowedSources[0]", "0 to 32")]
    [InlineData("listening: {httpPort: 65536}", "listening.httpPort", "0 to 65535")]
    [InlineData("listening: {addresses: ['0.0.0.0:80']}", "listening.httpPort", "give another one")]
    [InlineData("revision: -1", "revision", "0 or more")]
    [InlineData("revision: 9223372036854775808", "revision", "give a whole number")]
    [InlineData("tls: {certificates: [{keyFile: /k}]}", "tls.certificates[0].certificateFile", "is empty")]
    [InlineData("tls: {certificates: [{certificateFile: \"a\\0b\", keyFile: /k}]}", "tls.certificates[0].certificateFile",
        "zero character")]
    [InlineData("tls: {policy: legacyRouterOs, minimumVersion: tls13}", "tls.policy", "set minimumVersion to tls12")]
    [InlineData("decoy: {kind: static}", "decoy.root", "is missing")]
    [InlineData("decoy: {kind: static, root: ''}", "decoy.root", "is empty")]
    [InlineData("decoy: {kind: proxy}", "decoy.backend", "is missing")]
    [InlineData("decoy: {kind: proxy, backend: 'http://a/b'}", "decoy.backend", "give http://")]
    [InlineData("decoy: {kind: proxy, backend: 'http://u:p@a'}", "decoy.backend", "give http://")]
    [InlineData("decoy: {kind: proxy, backend: 'ftp://a'}", "decoy.backend", "give http://")]
    [InlineData("decoy: {serverHeader: \"a\\r\\nb\"}", "decoy.serverHeader", "printable")]
    [InlineData("decoy: {serverHeader: 'grün'}", "decoy.serverHeader", "printable")]
    [InlineData("addressing: {pools4: []}", "addressing.pools4", "give 1 to 64")]
    [InlineData("addressing: {pools4: ['fd00::/64']}", "addressing.pools4[0]", "give an IPv4 network")]
    [InlineData("addressing: {pools4: [127.0.0.0/16]}", "addressing.pools4[0]", "no client can use")]
    [InlineData("addressing: {pools4: [224.1.0.0/16]}", "addressing.pools4[0]", "no client can use")]
    [InlineData("addressing: {pools4: [10.0.0.0/31]}", "addressing.pools4", "/30 or wider")]
    [InlineData("addressing: {pools4: [10.0.0.0/11]}", "addressing.pools4", "at most 1048576")]
    [InlineData("addressing: {pools4: [10.0.0.0/24, 10.0.0.128/25]}", "addressing.pools4", "gives some addresses twice")]
    [InlineData("addressing: {pools6: [10.0.0.0/8]}", "addressing.pools6[0]", "give an IPv6 network")]
    [InlineData("addressing: {pools6: ['fd00::/65']}", "addressing.pools6[0]", "narrower than the /64")]
    [InlineData("addressing: {pools6: ['fe80::/64']}", "addressing.pools6[0]", "no client can use")]
    [InlineData("addressing: {pools6: ['fd00::/64']}", "addressing.pools6", "give a wider range")]
    [InlineData("addressing: {leaseMemory: 366d}", "addressing.leaseMemory", "give 0s to 365d")]
    [InlineData("network: {device: ''}", "network.device", "1 to 15")]
    [InlineData("network: {device: abcdefghijklmnop}", "network.device", "1 to 15")]
    [InlineData("network: {device: a/b}", "network.device", "letters, digits")]
    [InlineData("network: {device: ..}", "network.device", "letters, digits")]
    [InlineData("network: {mtu: 1279}", "network.mtu", "1280 to 4087")]
    [InlineData("network: {mtu: 4088}", "network.mtu", "1280 to 4087")]
    [InlineData("network: {queues: 65}", "network.queues", "0 to 64")]
    [InlineData("network: {routes: [10.0.0.0/8, 10.0.0.0/8]}", "network.routes", "more than once")]
    [InlineData("network: {accessRules: [{ports: ['80']}]}", "network.accessRules[0].ports", "needs protocol tcp or udp")]
    [InlineData("network: {accessRules: [{protocol: tcp, ports: ['0']}]}", "network.accessRules[0].ports[0]", "give a port")]
    [InlineData("network: {accessRules: [{protocol: tcp, ports: ['9-8']}]}", "network.accessRules[0].ports[0]", "give a port")]
    [InlineData("network: {accessRules: [{groups: ['']}]}", "network.accessRules[0].groups[0]", "1 to 256")]
    [InlineData("network: {accessRules: [{users: [\"a\\nb\"]}]}", "network.accessRules[0].users[0]", "control character")]
    [InlineData("dns: {servers: [ns.example]}", "dns.servers[0]", "give an address")]
    [InlineData("dns: {forwarder: false, servers: ['192.0.2.53:5353']}", "dns.servers[0]", "leave the port out")]
    [InlineData("dns: {forwarder: false, zones: [{zone: a.b, servers: [192.0.2.1]}]}", "dns.zones", "needs forwarder: true")]
    [InlineData("dns: {zones: [{zone: a.b, servers: [192.0.2.1]}, {zone: A.B, servers: [192.0.2.1]}]}", "dns.zones",
        "more than once")]
    [InlineData("dns: {zones: [{zone: a.b.}]}", "dns.zones[0].zone", "without a final dot")]
    [InlineData("dns: {cacheEntries: -1}", "dns.cacheEntries", "0 to 1000000")]
    [InlineData("dns: {maxQueriesPerClient: 0}", "dns.maxQueriesPerClient", "1 to 10000")]
    [InlineData("dns: {searchDomains: [a, b, c, d, e, f, g]}", "dns.searchDomains", "0 to 6")]
    [InlineData("authentication: {methods: []}", "authentication.methods", "1 to 4")]
    [InlineData("authentication: {methods: [pap, pap]}", "authentication.methods", "more than once")]
    [InlineData("authentication: {usersFile: ''}", "authentication.usersFile", "is empty")]
    [InlineData("authentication: {lockout: {failuresPerUserAndSource: 0}}", "authentication.lockout.failuresPerUserAndSource",
        "1 to 1000")]
    [InlineData("authentication: {lockout: {failuresPerSource: 10001}}", "authentication.lockout.failuresPerSource",
        "1 to 10000")]
    [InlineData("authentication: {lockout: {initialWait: 2m, maximumWait: 1m}}", "authentication.lockout.maximumWait",
        "shorter than initialWait")]
    [InlineData("limits: {calls: 0}", "limits.calls", "1 to 100000")]
    [InlineData("limits: {callsPerUser: 10001}", "limits.callsPerUser", "1 to 10000")]
    [InlineData("limits: {connectionsPerSource: 0}", "limits.connectionsPerSource", "1 to 100000")]
    [InlineData("limits: {pendingConnections: 100001}", "limits.pendingConnections", "1 to 100000")]
    [InlineData("limits: {handshakeTimeout: 61s}", "limits.handshakeTimeout", "1s to 1m")]
    [InlineData("limits: {preambleTimeout: 999ms}", "limits.preambleTimeout", "1s to 1m")]
    [InlineData("limits: {negotiationTimeout: 181s}", "limits.negotiationTimeout", "5s to 3m")]
    [InlineData("admin: {listen: '0.0.0.0:9480'}", "admin.listen", "use admin.tls")]
    [InlineData("admin: {listen: 'unix:run.sock'}", "admin.listen", "absolute path")]
    [InlineData("admin: {listen: 'localhost:9480'}", "admin.listen", "give 127.0.0.1:9480")]
    [InlineData("admin: {tls: {listen: '0.0.0.0:9481'}}", "admin.tls.clientCaFile", "is empty")]
    [InlineData("listening: {addresses: ['127.0.0.1:9480']}", "admin.listen", "a port of its own")]
    [InlineData(
        "admin: {tls: {listen: '127.0.0.1:9480', certificateFile: /a, keyFile: /b, clientCaFile: /c}}",
        "admin.tls.listen", "a port of its own")]
    public void Refuses_with_the_path_of_the_field_and_what_to_give_instead(string text, string path, string expected)
    {
        Assert.False(GatewayConfigurationReader.TryRead(text, out _, out var errors));

        Assert.Contains(errors, error => error.Path == path && error.Message.Contains(expected, StringComparison.Ordinal));
    }

    [Fact]
    public void Refuses_a_path_that_is_too_long_for_a_socket()
    {
        var configuration = new GatewayConfiguration { Admin = new() { Listen = "unix:/" + new string('a', 107) } };

        Assert.Equal("admin.listen", Assert.Single(new GatewayConfigurationValidator().Check(configuration)).Path);
    }
}
