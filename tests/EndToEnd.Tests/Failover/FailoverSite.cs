using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using EndToEnd.Tests.Cluster;
using EndToEnd.Tests.Network;
using EndToEnd.Tests.Programs;
using TestSupport.Files;
using TestSupport.Waiting;

namespace EndToEnd.Tests.Failover;

/// <summary>
/// A name that leads to one of two gateways, kept by the operator at BIND 9; all are processes. The operator's neighbour,
/// VpnGateway "home", is a point of view beside it:
/// <code>
/// [client 192.0.2.2] ---- 192.0.2.1 [API server, operator, BIND, gateway "home"] ---- [a 203.0.113.2], [b 198.51.100.2]
/// </code>
/// </summary>
public sealed partial class FailoverSite : IAsyncDisposable
{
    public const string RecordPath = "/apis/vpn.sstp-operator.dev/v1alpha1/namespaces/default/ddnsrecords/moving";

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(90);

    private readonly TemporaryFolder _files = new("failover");
    private readonly List<GatewayProcess> _gateways = [];

    private FailoverSite(ClusterSite cluster) => Cluster = cluster;

    public static IPAddress First { get; } = IPAddress.Parse("203.0.113.2");

    public static IPAddress Second { get; } = Laboratory.InsideHost;

    public ClusterSite Cluster { get; }

    public AuthoritativeServer Dns { get; private set; } = null!;

    public GatewayProcess FirstGateway => _gateways[0];

    public GatewayProcess SecondGateway => _gateways[1];

    private Laboratory Laboratory => Cluster.Laboratory;

    public static async Task<FailoverSite> StartAsync()
    {
        var site = new FailoverSite(await ClusterSite.StartAsync());
        await site.PrepareAsync();
        return site;
    }

    /// <summary>The record, with both gateways as targets, and two of two points of view that have to see one down.</summary>
    public Task ApplyRecordAsync(string check, string holdDown) =>
        Cluster.Api.ApplyAsync(RecordPath, (JsonObject)JsonNode.Parse($$"""
        {"apiVersion":"vpn.sstp-operator.dev/v1alpha1","kind":"DdnsRecord","metadata":{"name":"moving","namespace":"default"},"spec":{
          "fqdn":"{{Laboratory.GatewayName}}","recordTypes":["A"],
          "provider":{"kind":"Rfc2136","rfc2136":{"servers":["192.0.2.1:53"],"zone":"{{AuthoritativeServer.Zone}}",
            "tsig":{"keyName":"{{AuthoritativeServer.KeyName}}","secret":{"name":"tsig","key":"secret"} } } },
          "verification":{"servers":["192.0.2.1"],"interval":"30s","reachability":{"vantages":["home"],"interval":"30s"} },
          "failover":{"holdDown":"{{holdDown}}",
            "check":{"rise":2,"fall":3,"vantages":["home"],"trustBundle":{"name":"authority","key":"ca.crt"},{{check}} },
            "targets":[{"name":"a","priority":10,"addresses":["{{First}}"]},{"name":"b","priority":20,"addresses":["{{Second}}"]}]} } }
        """)!);

    public async Task<JsonNode> StatusAsync() => (await Cluster.Api.GetAsync(RecordPath))?["status"] ?? new JsonObject();

    public async Task UntilAsync(string what, Func<JsonNode, bool> holds)
    {
        JsonNode last = new JsonObject();
        try
        {
            await Eventually.TrueAsync(what, Deadline, async () => holds(last = await StatusAsync()));
        }
        catch (TimeoutException exception)
        {
            throw new TimeoutException(
                $"{exception.Message}\n{last}\n{Cluster.Operator!.Log}\n"
                + $"{string.Join("\n---\n", _gateways.Select(gateway => gateway.Log))}");
        }
    }

    public static string? Health(JsonNode status, string target) =>
        (string?)(status["targets"] as JsonArray)?.FirstOrDefault(entry => (string?)entry!["name"] == target)?["healthy"];

    /// <summary>When the operator made the last look that turned a target, by its own log.</summary>
    public async Task<DateTimeOffset> WaitForTurnAsync(string target, string health, DateTimeOffset after) =>
        (DateTimeOffset)await Eventually.GetAsync<object>($"{target} to be {health}", Deadline, () =>
        {
            foreach (Match line in Turned().Matches(Cluster.Operator!.Log))
            {
                var at = DateTimeOffset.Parse(line.Groups["since"].Value, CultureInfo.InvariantCulture);
                if (line.Groups["target"].Value == target && line.Groups["health"].Value == health && at >= after)
                    return Task.FromResult<object?>(at);
            }

            return Task.FromResult<object?>(null);
        });

    public ClientProcess Dial() => ClientProcess.Dial(
        Laboratory, Laboratory.Client, "alice", GatewayOptions.Password, "--no-dns", "--routes", "none", "--redial");

    public async ValueTask DisposeAsync()
    {
        foreach (var gateway in _gateways) await gateway.DisposeAsync();
        if (Dns is not null) await Dns.DisposeAsync();
        await Cluster.DisposeAsync();
        _files.Dispose();
    }

    private async Task PrepareAsync()
    {
        await Laboratory.GatewayNamespace.RunAsync("sysctl", "-qw", "net.ipv4.ip_forward=1");
        await Laboratory.Client.Namespace.IpAsync("route", "add", "default", "via", "192.0.2.1");
        await Laboratory.Other.Namespace.IpAsync("route", "add", "default", "via", "203.0.113.1");
        await Laboratory.Client.UseNameServerAsync(Laboratory.Gateway.Address);
        Dns = await AuthoritativeServer.StartAsync(Laboratory.GatewayNamespace, Laboratory.Gateway.Address, _files);
        await PutAsync(
            "secrets", "Secret", "tsig", "data",
            new JsonObject { ["secret"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(AuthoritativeServer.Secret)) });
        await PutAsync(
            "configmaps", "ConfigMap", "authority", "data", new JsonObject { ["ca.crt"] = Laboratory.Authority.CertificatePem });
        var home = Cluster.ApplyGatewayAsync();
        foreach (var (@namespace, folder) in new[] { (Laboratory.Other.Namespace, "a"), (Laboratory.Inside, "b") })
        {
            var files = new GatewayFiles(Directory.CreateDirectory(_files.File(folder)).FullName);
            files.Write(new GatewayOptions { DnsServers = "[]" });
            files.ReplaceCertificate(Laboratory.Authority.Issue(Laboratory.GatewayName));
            _gateways.Add(await GatewayProcess.StartAsync(@namespace, files, ["dotnet", GatewayProcess.Program]));
        }

        await home;
    }

    private Task<JsonNode?> PutAsync(string resource, string kind, string name, string field, JsonObject content) =>
        Cluster.Api.ApplyAsync($"/api/v1/namespaces/default/{resource}/{name}", new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = kind,
            ["metadata"] = new JsonObject { ["name"] = name, ["namespace"] = "default" },
            [field] = content,
        });

    [GeneratedRegex(@"target (?<target>\S+) is (?<health>\S+) since (?<since>\S+), after")]
    private static partial Regex Turned();
}
