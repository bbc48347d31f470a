using System.Text.Json;
using Operator.Gateways.Profiles;
using TestSupport.Files;
using TestSupport.Prerequisites;
using TestSupport.Processes;

namespace KubectlSstp.Tests.Profiles;

/// <summary>Profiles before those who will read them: NetworkManager's own library and command, and pppd.</summary>
public sealed class ConsumerTests : IDisposable
{
    private const string ReadKeyfiles = """
        import gi, json, sys
        gi.require_version("NM", "1.0")
        from gi.repository import GLib, NM

        def warn(keyfile, connection, kind, data, user):
            raise SystemExit("warning: %s" % data.warn_get()[0])

        found = []
        for path in sys.argv[1:]:
            keyfile = GLib.KeyFile()
            keyfile.load_from_file(path, GLib.KeyFileFlags.NONE)
            connection = NM.keyfile_read(keyfile, "/", NM.KeyfileHandlerFlags.NONE, warn, None)
            connection.normalize(None)
            connection.verify()
            connection.verify_secrets()
            vpn = connection.get_setting_vpn()
            v4, v6 = connection.get_setting_ip4_config(), connection.get_setting_ip6_config()
            found.append({
                "id": connection.get_id(), "service": vpn.get_service_type(), "gateway": vpn.get_data_item("gateway"), "user": vpn.get_data_item("user"),
                "password": vpn.get_secret("password"), "never": v4.get_never_default(),
                "routes4": ["%s/%d" % (v4.get_route(i).get_dest(), v4.get_route(i).get_prefix()) for i in range(v4.get_num_routes())],
                "routes6": ["%s/%d" % (v6.get_route(i).get_dest(), v6.get_route(i).get_prefix()) for i in range(v6.get_num_routes())],
                "search": [v4.get_dns_search(i) for i in range(v4.get_num_dns_searches())],
            })
        print(json.dumps(found))
        """;

    private readonly TemporaryFolder _folder = new("profiles");

    public void Dispose() => _folder.Dispose();

    [RequiresFact("nmcli", "/usr/lib/python3/dist-packages/gi/__init__.py",
        "/usr/lib/x86_64-linux-gnu/girepository-1.0/NM-1.0.typelib")]
    public async Task NetworkManager_reads_every_odd_name_and_password_as_it_was_meant()
    {
        var texts = OddTexts.All(200).ToList();
        var files = texts.Select((text, number) => _folder.Write($"{number}.nmconnection", ClientProfile.For(
            ClientPlatform.Linux, ClientProfileTests.Split() with { User = text, Password = text + "$" })[0].Content)).ToArray();

        var output = await Command.RunAsync("/usr/bin/python3", [_folder.Write("read.py", ReadKeyfiles), .. files]);

        var read = JsonDocument.Parse(output).RootElement.EnumerateArray().ToList();
        Assert.Equal(texts.Count, read.Count);
        foreach (var (text, connection) in texts.Zip(read))
        {
            Assert.Equal(text, connection.GetProperty("user").GetString());
            Assert.Equal(text + "$", connection.GetProperty("password").GetString());
        }
        var first = read[0];
        Assert.Equal(("office", "org.freedesktop.NetworkManager.sstp", "vpn.example.org:8443"), (
            first.GetProperty("id").GetString(), first.GetProperty("service").GetString(),
            first.GetProperty("gateway").GetString()));
        Assert.True(first.GetProperty("never").GetBoolean());
        Assert.Equal(["192.168.10.0/24"], first.GetProperty("routes4").EnumerateArray().Select(route => route.GetString()));
        Assert.Equal(["fd00:10::/64"], first.GetProperty("routes6").EnumerateArray().Select(route => route.GetString()));
        Assert.Equal(
            ["corp.example", "~lab.example"], first.GetProperty("search").EnumerateArray().Select(domain => domain.GetString()));
    }

    [RequiresFact("nmcli")]
    public async Task Nmcli_takes_the_file_and_writes_it_as_its_own()
    {
        var file = _folder.Write(
            "office.nmconnection", ClientProfile.For(ClientPlatform.Linux, ClientProfileTests.Split())[0].Content);

        var written = await Command.RunAsync("sh", "-c", $"nmcli --offline connection modify connection.zone trusted <{file}");

        Assert.Contains("service-type=org.freedesktop.NetworkManager.sstp", written, StringComparison.Ordinal);
        Assert.Contains("zone=trusted", written, StringComparison.Ordinal);
    }

    [RequiresFact("pppd", "sstpc")]
    public async Task Pppd_accepts_every_option_of_the_peer_file()
    {
        foreach (var subject in (ProfileSubject[])
        [
            ClientProfileTests.Split() with { User = "DOMAIN\\a \"b\"", Password = "x'y\\z#" },
            ClientProfileTests.Split() with { IsPapOnly = true, HasIpv6 = false },
        ])
        {
            var peer = _folder.Write("peer", ClientProfile.For(ClientPlatform.Linux, subject)[1].Content);

            var (isRead, output) = await ReadByPppdAsync(peer);

            Assert.True(isRead, output);
        }

        // What it does with an option it does not know, so that the above means something.
        var (isWrongRead, _) = await ReadByPppdAsync(_folder.Write("peer", "noauth no-such-option\npty \"true\"\n"));
        Assert.False(isWrongRead);
    }

    /// <summary>pppd reads all options first (2 when one is wrong, pppd(8)), and then misses PPP in this
    /// kernel (4) or ends for it is a dry run (0).</summary>
    private static async Task<(bool IsRead, string Output)> ReadByPppdAsync(string peer)
    {
        var result = await Command.TryRunAsync(TimeSpan.FromSeconds(30), "pppd", "dryrun", "file", peer);
        return (result.ExitCode is 0 or 4, $"{result.ExitCode}: {result.Output}");
    }
}
