using EndToEnd.Tests.Network;
using TestSupport.Namespaces;
using TestSupport.Processes;
using TestSupport.Waiting;

namespace EndToEnd.Tests.Doctor;

/// <summary>Two BIND 9 for the gateway's zone, each with a zone file of its own, so that they can be made to disagree.
/// The first one also resolves.</summary>
public sealed class NameServers : IAsyncDisposable
{
    public const string First = "192.0.2.1";
    public const string Second = "192.0.2.3";

    private const string Zone = "example.test";

    private static readonly string[] Servers = [First, Second];

    private readonly Laboratory _laboratory;
    private readonly Dictionary<string, ChildProcess> _running = [];
    private int _serial = 1;

    private NameServers(Laboratory laboratory) => _laboratory = laboratory;

    private NetworkNamespace Host => _laboratory.GatewayNamespace;

    /// <summary>What a host of the laboratory asks.</summary>
    public static async Task PointAtAsync(NetworkNamespace host)
    {
        if (Environment.GetEnvironmentVariable("SSTP_TEST_LEDGER") is { Length: > 0 } ledger)
            await File.AppendAllTextAsync(ledger, $"etc {host.Name}\n");
        var etc = Directory.CreateDirectory($"/etc/netns/{host.Name}").FullName;
        await File.WriteAllTextAsync(Path.Combine(etc, "resolv.conf"), $"nameserver {First}\noptions timeout:2 attempts:1\n");
    }

    /// <param name="address">What both say of the gateway's name.</param>
    public static async Task<NameServers> StartAsync(Laboratory laboratory, string address)
    {
        var servers = new NameServers(laboratory);
        await servers.StartAsync(address);
        return servers;
    }

    private async Task StartAsync(string address)
    {
        await Host.IpAsync("address", "add", $"{Second}/24", "dev", "client");
        foreach (var server in Servers)
        {
            Write(server, address);
            _laboratory.Folder.Write($"named-{server}.conf", $$"""
                options {
                  directory "{{Directory.CreateDirectory(_laboratory.Folder.File($"named-{server}")).FullName}}"; listen-on { {{server}}; }; listen-on-v6 { none; };
                  pid-file none; session-keyfile "{{_laboratory.Folder.File($"named-{server}.session")}}"; recursion yes; allow-recursion { any; };
                  dnssec-validation no; empty-zones-enable no;
                };
                controls { };
                zone "{{Zone}}" { type primary; file "{{ZoneFile(server)}}"; notify no; };

                """);
            _running[server] = Host.Start(
                _laboratory.Folder.File($"named-{server}.log"),
                "named",
                "-g",
                "-c",
                _laboratory.Folder.File($"named-{server}.conf"));
        }
        foreach (var server in Servers) await UntilAsync(server, address);
    }

    /// <param name="address">Null: the name is not there.</param>
    public async Task SetAsync(string server, string? address)
    {
        Write(server, address);
        _running[server].Signal(Signal.HangUp);
        await UntilAsync(server, address);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _running.Values) await process.DisposeAsync();
        var etc = $"/etc/netns/{Host.Name}";
        if (Directory.Exists(etc)) Directory.Delete(etc, recursive: true);
    }

    private string ZoneFile(string server) => _laboratory.Folder.File($"{Zone}-{server}.zone");

    private void Write(string server, string? address) => _laboratory.Folder.Write($"{Zone}-{server}.zone", $"""
        $TTL 60
        @ IN SOA ns1 admin.{Zone}. {_serial++} 3600 3600 86400 1
        @ IN NS ns1
        @ IN NS ns2
        ns1 IN A {First}
        ns2 IN A {Second}
        {(address is null ? "" : $"vpn IN A {address}")}

        """);

    private Task UntilAsync(string server, string? address) =>
        Eventually.TrueAsync($"{address ?? "nothing"} at {server}", TimeSpan.FromSeconds(60), async () =>
        {
            var seen = await Host.TryRunAsync(
                TimeSpan.FromSeconds(20), "dig", $"@{server}", Laboratory.GatewayName, "A", "+norecurse", "+time=1", "+tries=1");
            return address is null
                ? seen.Output.Contains("NXDOMAIN", StringComparison.Ordinal)
                : seen.Output.Contains($"\tA\t{address}\n", StringComparison.Ordinal);
        });
}
