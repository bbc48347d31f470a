using System.Text.Json.Nodes;
using EndToEnd.Tests.Cluster;
using EndToEnd.Tests.Network;
using EndToEnd.Tests.Plugin;
using TestSupport.Namespaces;
using TestSupport.Processes;
using TestSupport.Waiting;

namespace EndToEnd.Tests.Doctor;

/// <summary>
/// A home behind a router that forwards TCP 443 to the gateway, and another site outside
/// whose gateway looks at it for the operator:
/// <code>
/// client  192.0.2.2 ---+
///                      +--- 192.0.2.254 [router] 203.0.113.1 ---- 203.0.113.2 [VpnGateway "away"]
/// gateway 192.0.2.1 ---+
/// </code>
/// </summary>
public sealed class HairpinSite : IAsyncDisposable
{
    public const string PublicAddress = "203.0.113.1";

    private const string RecordPath = "/apis/vpn.sstp-operator.dev/v1alpha1/namespaces/default/ddnsrecords/home";

    private readonly List<IAsyncDisposable> _running = [];

    private readonly NetworkNamespace _switch;

    private HairpinSite(NetworkNamespace router, NetworkNamespace lan) => (Router, _switch) = (router, lan);

    public NetworkNamespace Router { get; }

    public ClusterSite Cluster { get; private set; } = null!;

    private Laboratory Laboratory => Cluster.Laboratory;

    public static async Task<HairpinSite> StartAsync()
    {
        // The LAN is a host of its own: a bridge in the router would hand what passes between
        // two hosts to the router's packet filter.
        var site = new HairpinSite(await NetworkNamespace.CreateAsync("router"), await NetworkNamespace.CreateAsync("switch"));
        site.Cluster = await ClusterSite.StartAsync(listen: $"{DoctorSite.GatewayAddress}:6443", prepare: site.PrepareAsync);
        await site.ApplyAsync();
        return site;
    }

    /// <summary>What the router does with packets for its public address.</summary>
    public async Task RouteAsync(string rules)
    {
        await Router.TryRunAsync(TimeSpan.FromSeconds(20), "nft", "delete", "table", "ip", "router");
        await Router.RunAsync("nft", $$"""
            table ip router {
              chain in { type nat hook prerouting priority -100; }
              chain out { type nat hook postrouting priority 100; oifname "wan" masquerade; }
            }
            """);
        foreach (var rule in rules.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            await Router.RunAsync("nft", $"add rule ip router {rule}");
    }

    /// <summary>The router's own page on 443.</summary>
    public async Task<ChildProcess> ShowPageAsync()
    {
        using var authority = new TestSupport.Certificates.TestAuthority();
        var (folder, shown) = (Laboratory.Folder, authority.Issue("router.lan"));
        var server = Router.Start(folder.File("page.log"), [
            "openssl", "s_server", "-accept", "443", "-www", "-cert",
            folder.Write("page.crt", shown.CertificatePem), "-key", folder.Write(
                "page.key", shown.KeyPem),
        ]);
        await server.WaitForOutputAsync("ACCEPT", TimeSpan.FromSeconds(60));
        return server;
    }

    /// <summary>Waits until those who look from outside have come to this.</summary>
    public async Task UntilSeenAsync(string status)
    {
        JsonNode? last = null;
        try
        {
            await Eventually.TrueAsync($"Reachable to be {status}", TimeSpan.FromSeconds(180), async () =>
                ClusterSite.Condition(
                    last = (await Cluster.Api.GetAsync(RecordPath))?["status"] ?? new JsonObject(),
                    "Reachable", "status") == status);
        }
        catch (TimeoutException exception)
        {
            throw new TimeoutException(
                $"{exception.Message}\n{last}\n"
                + $"{await Cluster.Api.GetAsync($"{ClusterSite.GatewaysPath}/away")}\n{Cluster.Operator!.Log}");
        }
    }

    /// <summary>The doctor at the caller's inside.</summary>
    public Task<CommandResult> ExamineAsync(params string[] more) =>
        new KubectlSstp(Laboratory.Client.Namespace, Cluster.Kubeconfig).TryAsync(["doctor", "home", .. more]);

    public async ValueTask DisposeAsync()
    {
        foreach (var part in Enumerable.Reverse(_running)) await part.DisposeAsync();
        await Cluster.DisposeAsync();
        await Router.DisposeAsync();
        await _switch.DisposeAsync();
    }

    private async Task PrepareAsync(Laboratory laboratory)
    {
        await laboratory.GatewayNamespace.IpAsync("link", "delete", "client");
        await laboratory.GatewayNamespace.IpAsync("link", "delete", "other");
        await BatchAsync(laboratory, _switch, $"""
            link add lan type bridge
            link add gateway type veth peer name client netns {laboratory.GatewayNamespace.Name}
            link add caller type veth peer name uplink netns {laboratory.Client.Namespace.Name}
            link add router type veth peer name lan netns {Router.Name}
            link set gateway master lan
            link set caller master lan
            link set router master lan
            link set lan up
            link set gateway up
            link set caller up
            link set router up
            """);
        await BatchAsync(laboratory, Router, $"""
            link add wan type veth peer name uplink netns {laboratory.Other.Namespace.Name}
            address add 192.0.2.254/24 dev lan
            address add {PublicAddress}/24 dev wan
            link set lan up
            link set wan up
            """);
        await Router.RunAsync("sh", "-c", "echo 1 >/proc/sys/net/ipv4/ip_forward");
        await BatchAsync(laboratory, laboratory.GatewayNamespace, $"""
            address add {DoctorSite.GatewayAddress}/24 dev client
            link set client up
            route add default via 192.0.2.254
            """);
        await BatchAsync(laboratory, laboratory.Client.Namespace, """
            address add 192.0.2.2/24 dev uplink
            link set uplink up
            route add default via 192.0.2.254
            """);
        await BatchAsync(laboratory, laboratory.Other.Namespace, """
            address add 203.0.113.2/24 dev uplink
            link set uplink up
            """);
        await NameServers.PointAtAsync(laboratory.GatewayNamespace);
        await NameServers.PointAtAsync(laboratory.Client.Namespace);
        _running.Add(await NameServers.StartAsync(laboratory, PublicAddress));
        // A service of the dyndns2 family that takes everything.
        var service = laboratory.GatewayNamespace.Start(
            laboratory.Folder.File("dyn.log"), "/usr/bin/python3", laboratory.Folder.Write("dyn.py", $$"""
            import http.server
            class Service(http.server.BaseHTTPRequestHandler):
                def do_GET(self):
                    self.send_response(200)
                    self.end_headers()
                    self.wfile.write(b"good {{PublicAddress}}\n")
            server = http.server.HTTPServer(("127.0.0.1", 8099), Service)
            print("listens", flush=True)
            server.serve_forever()
            """));
        _running.Add(service);
        await service.WaitForOutputAsync("listens", TimeSpan.FromSeconds(60));
    }

    private async Task ApplyAsync()
    {
        await Cluster.ApplyGatewayAsync();
        await Cluster.PutGatewayAsync("away");
        await Cluster.Api.MergeAsync($"{ClusterSite.GatewaysPath}/away", (JsonObject)JsonNode.Parse("""
            {"spec":{"listening":{"port":8443},"network":{"device":"away"},"administration":{"channelPort":9543,"probePort":9544},"addressing":{"pools4":["10.98.0.0/24"]}}}
            """)!);
        _running.Add(await SecondPod.StartAsync(Laboratory, Cluster.Api, "away", "away-gateway-0"));
        await Cluster.PutSecretAsync("dyn", "Opaque", new JsonObject { ["password"] = ClusterSite.Encode("x") });
        await Cluster.Api.ApplyAsync(RecordPath, (JsonObject)JsonNode.Parse($$"""
            {"apiVersion":"vpn.sstp-operator.dev/v1alpha1","kind":"DdnsRecord","metadata":{"name":"home","namespace":"default"},"spec":{
              "fqdn":"{{Laboratory.GatewayName}}","recordTypes":["A"],"source":{"kind":"Static","static":{"addresses":["{{PublicAddress}}"]} },
              "provider":{"kind":"Dyndns2","dyndns2":{"preset":"custom","endpoint":"http://127.0.0.1:8099/nic/update","username":"me",
                "passwordSecret":{"name":"dyn","key":"password"} } },
              "verification":{"servers":["192.0.2.1"],"interval":"30s","reachability":{"vantages":["away"],"interval":"30s"} } } }
            """)!);
        await Cluster.ChangeSpecAsync(new JsonObject { ["publication"] = new JsonObject { ["recordName"] = "home" } });
    }

    private static async Task BatchAsync(Laboratory laboratory, NetworkNamespace @namespace, string lines) =>
        await @namespace.IpAsync("-batch", laboratory.Folder.Write($"{@namespace.Name}.home.ip", lines + "\n"));
}
