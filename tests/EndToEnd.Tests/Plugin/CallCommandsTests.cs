using System.Text.Json.Nodes;
using EndToEnd.Tests.Cluster;
using EndToEnd.Tests.Network;
using TestSupport.Prerequisites;
using TestSupport.Processes;
using TestSupport.Waiting;

namespace EndToEnd.Tests.Plugin;

/// <summary>What people ask about calls: through the API server, the operator and the channel to a gateway,
/// all of them processes.</summary>
public sealed class CallCommandsTests
{
    [RequiresFact("ip")]
    public async Task Every_verb_does_with_the_rights_of_the_documentation_what_the_documentation_shows()
    {
        await using var site = await ClusterSite.StartAsync(listen: $"{Laboratory.Gateway.Address}:6443");
        await site.ApplyGatewayAsync();
        await site.PutUsersAsync("alice", "bob");
        var page = new DocumentedCommands("kubectl-sstp.md");
        foreach (var (name, manifest) in page.Roles) await ServiceAccounts.ApplyRoleAsync(site, name, manifest);
        Assert.Equal(["home-desk", "home-logs", "home-users", "home-view"], page.Roles.Keys.Order());

        // Whoever has the desk has calls and nothing else; whoever has all Roles has all verbs.
        var kubectl = new KubectlSstp(
            site.Laboratory.Client.Namespace, await ServiceAccounts.CreateAsync(site, "caller", "home-desk"));
        var helper = new KubectlSstp(
            site.Laboratory.Client.Namespace, await ServiceAccounts.CreateAsync(site, "helper", page.Roles.Keys));
        Assert.Equal("No calls.\n", await kubectl.RunAsync("sessions", "home"));
        await RefusesAsync(kubectl, "vpngateways.vpn.sstp-operator.dev is forbidden", "status");
        await RefusesAsync(kubectl, "vpngateways.vpn.sstp-operator.dev \"home\" is forbidden", "user", "list", "home");
        await RefusesAsync(kubectl, "secrets \"other-desk\" is forbidden", "sessions", "other");
        page.Compare("kubectl sstp status", await helper.TypeAsync("kubectl sstp status"));

        await using var alice = site.Dial(site.Laboratory.Client, "alice");
        var address = (await alice.WaitForAddressAsync()).ToString();

        var shown = Assert.Single(await kubectl.JsonAsync("sessions", "home"))!;
        Assert.Equal(
            ("home", "home-gateway-0", "node1"),
            ((string?)shown["vpnGateway"], (string?)shown["gateway"], (string?)shown["node"]));
        Assert.Equal(("alice", address), ((string?)shown["call"]!["user"], (string?)shown["call"]!["address4"]));
        Assert.Empty(await kubectl.JsonAsync("sessions", "home", "--user", "bob"));
        var nowhere = await helper.TryAsync("sessions", "--gateway", "home-gateway-7");
        Assert.Equal(
            (1, true),
            (nowhere.ExitCode, nowhere.Output.Contains("There is no gateway home-gateway-7", StringComparison.Ordinal)));
        page.Compare("kubectl sstp sessions home", await kubectl.TypeAsync("kubectl sstp sessions home"));
        page.Compare("kubectl sstp top home", await kubectl.TypeAsync("kubectl sstp top home"));
        var wide = (await helper.RunAsync("sessions", "-o", "wide")).Split('\n');
        Assert.Equal(2, wide.Count(line => line.Length > 0));
        Assert.Contains("TLS 1.3", wide[1], StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', string.Concat(wide));

        // Live: rates come with the second look; q ends it, and so does Ctrl-C.
        foreach (var key in new[] { "q", "\\x03" })
        {
            var live = await kubectl.WatchAsync(
                site.Laboratory.Folder, 120, [("1 call, from clients -", ""), ("bit/s", key)], "top", "home", "--interval", "1");
            Assert.True(live.ExitCode == 0, live.Output);
            Assert.Contains("q quits", live.Output, StringComparison.Ordinal);
        }
        var narrow = await kubectl.WatchAsync(site.Laboratory.Folder, 60, [], "sessions", "home");
        Assert.Matches(@"USER +alice", narrow.Output);
        Assert.All(narrow.Output.Split('\n'), line => Assert.True(line.TrimEnd().Length <= 60, line));

        // Measured by another call, which this program places itself.
        var root = site.Laboratory.Folder.Write("ca.pem", site.Laboratory.Authority.CertificatePem);
        var bench = await helper.TryWithAsync(
            ClusterSite.Password("alice"), "bench", "home", "--user", "alice", "--seconds", "1", "--ca", root, "-o", "json");
        Assert.True(bench.ExitCode == 0, bench.Output);
        var measured = JsonNode.Parse(bench.Output)!;
        Assert.Equal(4, measured["setUpMilliseconds"]!.AsArray().Count);
        // How much depends on what else the machine does: hundreds, and on a busy one a hundred. A call whose packets are lost or
        // held at its beginning comes to four at most.
        Assert.True((double)measured["roundTripMilliseconds"]! > 0 && (double?)measured["megabitsPerSecond"] > 10, bench.Output);

        // What cannot be done is said with what to do.
        Fails(
            await helper.TryAsync("profile", "home", "--for", "linux", "--file", "windows.ps1"),
            "There is no file windows.ps1 for this platform, but networkmanager.nmconnection, linux-peer");
        Fails(await helper.TryAsync("profile", "home", "--for", "linux", "--ca", "/nowhere.pem"), "--ca: ");
        Fails(
            await helper.TryWithAsync("wrong", "bench", "home", "--user", "alice", "--seconds", "1", "--ca", root),
            "\"kubectl sstp doctor home\" finds out why");
        Fails(
            await helper.TryWithAsync("any", "bench", "nowhere", "--user", "alice"),
            "There is no VpnGateway nowhere in namespace default.");

        // A number that is not there ends nothing; then the one that is.
        var missing = await kubectl.TryAsync("kick", "home", "999999");
        Assert.Equal(1, missing.ExitCode);
        Assert.Contains("There is no call 999999", missing.Output, StringComparison.Ordinal);
        Assert.False(alice.HasExited);

        var number = shown["call"]!["id"]!.ToString();
        Assert.Equal(
            $"call {number} of alice on home-gateway-0 is told to end\n", await kubectl.RunAsync("kick", "home", number));
        page.Compare("kubectl sstp kick home 1", $"call {number} of alice on home-gateway-0 is told to end\n");
        await alice.WaitForExitAsync(TimeSpan.FromSeconds(60));
        await Eventually.TrueAsync(
            "the call to be gone", TimeSpan.FromSeconds(60),
            async () => await kubectl.RunAsync("sessions", "home") == "No calls.\n");

        await Eventually.TrueAsync("the event", TimeSpan.FromSeconds(60), async () =>
            (await site.Api.GetAsync("/apis/events.k8s.io/v1/namespaces/default/events"))!["items"]!.AsArray().Any(seen =>
                (string?)seen!["reason"] == "CallsEnded" && ((string?)seen["note"])!.StartsWith(
                    "Calls on home-gateway-0 that were told to end: 1. Asked for by request ", StringComparison.Ordinal)));

        // Nothing is left on the desk.
        Assert.Empty((await site.Api.GetAsync("/api/v1/namespaces/default/secrets/home-desk"))!["data"]?.AsObject() ?? []);

        // A user's life, as the gateway sees it.
        page.Compare(
            "kubectl sstp user add home carol --group staff",
            await helper.TypeAsync("kubectl sstp user add home carol --group staff", "a long password"));
        page.Compare(
            "kubectl sstp user totp home carol | tail -2", await helper.TypeAsync("kubectl sstp user totp home carol | tail -2"));
        page.Compare("kubectl sstp user disable home alice", await helper.TypeAsync("kubectl sstp user disable home alice"));
        page.Compare("kubectl sstp user list home", await helper.TypeAsync("kubectl sstp user list home"));
        Assert.Equal(
            "user bob has a new password\n",
            (await helper.TryWithAsync("another long password", "user", "passwd", "home", "bob")).Output);
        Assert.Equal("user alice is enabled\n", await helper.RunAsync("user", "enable", "home", "alice"));
        Assert.Equal(
            "user carol is removed; calls that are up go on\n", await helper.RunAsync("user", "remove", "home", "carol"));

        // The rest of the verbs.
        Assert.Contains(
            "Add-VpnConnection", await helper.RunAsync("profile", "home", "--for", "windows"), StringComparison.Ordinal);
        Assert.Contains(
            "kubectl-sstp __complete", await kubectl.TypeAsync("kubectl sstp completion bash"), StringComparison.Ordinal);
        var doctor = await helper.TryWithAsync(
            "another long password", "doctor", "home", "--user", "bob", "--ca", root, "-o", "json");
        Assert.Contains("\"log-in\"", doctor.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("your rights", doctor.Output, StringComparison.Ordinal);
        page.AssertAllCompared("kubectl sstp lint examples/home-office");
    }

    private static void Fails(CommandResult result, string words)
    {
        Assert.Equal(1, result.ExitCode);
        Assert.Contains(words, result.Output, StringComparison.Ordinal);
    }

    private static async Task RefusesAsync(KubectlSstp kubectl, string words, params string[] arguments)
    {
        var result = await kubectl.TryAsync(arguments);
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("You may not", result.Output, StringComparison.Ordinal);
        Assert.Contains(words, result.Output, StringComparison.Ordinal);
    }
}
