using System.Net;
using TestSupport.Files;
using TestSupport.Namespaces;
using TestSupport.Processes;
using TestSupport.Waiting;

namespace DnsInterop.Tests.Bind;

/// <summary>A primary and a secondary BIND 9, each in a network namespace, with two zones:
/// one that is transferred at once, one that is not.</summary>
public sealed class BindPair : IAsyncLifetime, IDisposable
{
    public const string KeyName = "operator.test";
    public const string Secret = "VtyfYgeFkmGoHwhU4J0w0ej2C4bfuO2gGLT4wNVMEIs=";

    /// <summary>Changes reach the secondary by NOTIFY within moments.</summary>
    public const string Zone = "example.test";

    /// <summary>The primary tells nobody, and the secondary would ask in an hour.</summary>
    public const string StaleZone = "stale.test";

    /// <summary>Below <see cref="Zone"/>, which delegates it, and at the primary alone.</summary>
    public const string ChildZone = $"child.{Zone}";

    /// <summary>Delegated by <see cref="Zone"/> to a server that is none of the two.</summary>
    public const string ForeignZone = $"foreign.{Zone}";

    public static readonly IPEndPoint Primary = new(IPAddress.Parse("198.18.153.2"), 53);
    public static readonly IPEndPoint Secondary = new(IPAddress.Parse("198.18.153.3"), 53);

    private static readonly string Delegations =
        $"child IN NS ns1.child\nns1.child IN A {Primary.Address}\nforeign IN NS ns.elsewhere.invalid.";

    private readonly TemporaryFolder _folder = new("bind");
    private NetworkNamespace? _first;
    private NetworkNamespace? _second;
    private ChildProcess? _primary;
    private ChildProcess? _secondary;

    public async Task InitializeAsync()
    {
        _first = await NetworkNamespace.CreateAsync("ns1");
        _second = await NetworkNamespace.CreateAsync("ns2");
        var host = $"dnsh{Environment.ProcessId % 100000}";
        var inner = $"dnsi{Environment.ProcessId % 100000}";

        // This process, the primary and the secondary on one segment; the bridge stands
        // in the primary's namespace and goes with it.
        await Command.RunAsync("ip", "link", "add", host, "type", "veth", "peer", "name", "net0", "netns", _first.Name);
        await Command.RunAsync("ip", "address", "add", "198.18.153.1/24", "dev", host);
        await Command.RunAsync("ip", "link", "set", host, "up");
        await _first.IpAsync("link", "add", inner, "type", "veth", "peer", "name", "net0", "netns", _second.Name);
        await _first.IpAsync("link", "add", "segment", "type", "bridge");
        foreach (var port in (string[])["net0", inner])
        {
            await _first.IpAsync("link", "set", port, "master", "segment");
            await _first.IpAsync("link", "set", port, "up");
        }

        await _first.IpAsync("address", "add", "198.18.153.2/24", "dev", "segment");
        await _first.IpAsync("link", "set", "segment", "up");
        await _second.IpAsync("address", "add", "198.18.153.3/24", "dev", "net0");
        await _second.IpAsync("link", "set", "net0", "up");

        WriteFiles();
        await StartPrimaryAsync();
        _secondary = _second.Start(_folder.File("secondary.log"), "named", "-g", "-c", _folder.File("secondary.conf"));
        await AnswersAsync(Secondary, Zone);
        await AnswersAsync(Secondary, StaleZone);
    }

    public async Task StartPrimaryAsync()
    {
        _primary = _first!.Start(_folder.File("primary.log"), "named", "-g", "-c", _folder.File("primary.conf"));
        await AnswersAsync(Primary, Zone);
    }

    public async Task StopPrimaryAsync()
    {
        await _primary!.DisposeAsync();
        _primary = null;
    }

    /// <summary>What dig, which is BIND's own, reads at a server.</summary>
    public static async Task<string[]> DigAsync(IPEndPoint server, string name, string type) =>
        [.. (await Command.RunAsync("dig", $"@{server.Address}", name, type, "+short", "+norecurse", "+time=2", "+tries=2"))
            .Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal)];

    public static Task HasAsync(IPEndPoint server, string name, string type, params string[] expected) =>
        Eventually.TrueAsync($"{name} {type} {string.Join(' ', expected)} at {server}", TimeSpan.FromSeconds(30), async () =>
            (await DigAsync(server, name, type)).SequenceEqual(expected));

    /// <summary>Another writer with the same key: BIND's own nsupdate.</summary>
    public async Task NsupdateAsync(params string[] lines)
    {
        var script = _folder.Write("update", $"server {Primary.Address}\nzone {Zone}\n{string.Join('\n', lines)}\nsend\n");
        await Command.RunAsync("nsupdate", "-y", $"hmac-sha256:{KeyName}:{Secret}", script);
    }

    public async Task DisposeAsync()
    {
        if (_secondary is not null) await _secondary.DisposeAsync();
        if (_primary is not null) await _primary.DisposeAsync();
        if (_second is not null) await _second.DisposeAsync();
        if (_first is not null) await _first.DisposeAsync();
    }

    public void Dispose() => _folder.Dispose();

    private static Task AnswersAsync(IPEndPoint server, string zone) =>
        Eventually.TrueAsync($"{zone} at {server}", TimeSpan.FromSeconds(60), async () =>
            (await Command.TryRunAsync(
                TimeSpan.FromSeconds(20), "dig", $"@{server.Address}", zone, "SOA", "+short", "+norecurse", "+time=1",
                "+tries=1")).Output.Contains("admin.", StringComparison.Ordinal));

    private void WriteFiles()
    {
        foreach (var zone in (string[])[Zone, StaleZone, ChildZone])
            _folder.Write($"{zone}.zone", $"""
                $TTL 60
                @ IN SOA ns1 admin.{zone}. 1 3600 3600 86400 30
                @ IN NS ns1
                @ IN NS ns2
                ns1 IN A {Primary.Address}
                ns2 IN A {Secondary.Address}
                alias IN CNAME middle
                middle IN CNAME ns1
                across IN CNAME ns1.{Zone}.
                {(zone == Zone ? Delegations : "")}

                """);
        var common = $$"""
            key "{{KeyName}}" { algorithm hmac-sha256; secret "{{Secret}}"; };
            key "readonly.test" { algorithm hmac-sha256; secret "{{Secret}}"; };
            controls { };

            """;
        string Options(string role, IPEndPoint server) => $$"""
            options {
              directory "{{Directory.CreateDirectory(_folder.File(role)).FullName}}"; listen-on { {{server.Address}}; }; listen-on-v6 { none; };
              pid-file none; session-keyfile "{{_folder.File(role + ".session")}}"; recursion yes; allow-recursion { any; }; dnssec-validation no; empty-zones-enable no;
            };

            """;
        _folder.Write(
            "primary.conf",
            common + Options("primary", Primary) + string.Concat(((string[])[Zone, StaleZone, ChildZone]).Select(zone => $$"""
            zone "{{zone}}" {
              type primary; file "{{_folder.File(zone + ".zone")}}"; allow-update { key "{{KeyName}}"; }; allow-transfer { any; };
              notify {{(zone == Zone ? "yes" : "no")}}; notify-delay 0;
            };

            """)));
        _folder.Write(
            "secondary.conf",
            common + Options("secondary", Secondary) + string.Concat(((string[])[Zone, StaleZone]).Select(zone => $$"""
            zone "{{zone}}" { type secondary; primaries { {{Primary.Address}}; }; file "{{zone}}.copy"; allow-notify { any; }; min-refresh-time 3600; };

            """)));
    }
}
