using System.Text.Json.Nodes;
using EndToEnd.Tests.Cluster;
using EndToEnd.Tests.Network;
using TestSupport.Prerequisites;
using TestSupport.Waiting;

namespace EndToEnd.Tests.Plugin;

/// <summary>What people ask about calls: through the API server, the operator and the channel to a gateway, all of them processes.</summary>
public sealed class CallCommandsTests
{
    [RequiresFact("ip")]
    public async Task Calls_are_shown_measured_and_ended_with_rights_over_one_secret()
    {
        await using var site = await ClusterSite.StartAsync();
        await site.ApplyGatewayAsync();
        await site.PutUsersAsync("alice", "bob");
        var kubectl = new KubectlSstp(site.Laboratory.GatewayNamespace, site.Kubeconfig);
        Assert.Equal("No calls.\n", await kubectl.RunAsync("sessions", "home"));

        await using var alice = site.Dial(site.Laboratory.Client, "alice");
        var address = (await alice.WaitForAddressAsync()).ToString();

        var shown = Assert.Single(await kubectl.JsonAsync("sessions", "home"))!;
        Assert.Equal(("home", "home-gateway-0", "node1"), ((string?)shown["vpnGateway"], (string?)shown["gateway"], (string?)shown["node"]));
        Assert.Equal(("alice", address), ((string?)shown["call"]!["user"], (string?)shown["call"]!["address4"]));
        Assert.Empty(await kubectl.JsonAsync("sessions", "home", "--user", "bob"));
        var nowhere = await kubectl.TryAsync("sessions", "--gateway", "home-gateway-7");
        Assert.Equal((1, true), (nowhere.ExitCode, nowhere.Output.Contains("There is no gateway home-gateway-7", StringComparison.Ordinal)));
        var wide = (await kubectl.RunAsync("sessions", "-o", "wide")).Split('\n');
        Assert.Equal(2, wide.Count(line => line.Length > 0));
        Assert.Contains("TLS 1.3", wide[1], StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', string.Concat(wide));

        var top = await kubectl.RunAsync("top", "home", "--interval", "1");
        Assert.StartsWith("1 calls, from clients ", top, StringComparison.Ordinal);

        // Measured by another call, which this program places itself.
        var bench = await kubectl.TryWithAsync(
            ClusterSite.Password("alice"), "bench", "home", "--user", "alice", "--seconds", "1", "--address", Laboratory.Gateway.Address.ToString(),
            "--ca", site.Laboratory.Folder.Write("ca.pem", site.Laboratory.Authority.CertificatePem), "-o", "json");
        Assert.True(bench.ExitCode == 0, bench.Output);
        var measured = JsonNode.Parse(bench.Output)!;
        Assert.Equal(4, measured["setUpMilliseconds"]!.AsArray().Count);
        Assert.True((double)measured["roundTripMilliseconds"]! > 0 && (double)measured["megabitsPerSecond"]! > 1, bench.Output);

        // A number that is not there ends nothing; then the one that is.
        var missing = await kubectl.TryAsync("kick", "home", "999999");
        Assert.Equal(1, missing.ExitCode);
        Assert.Contains("There is no call 999999", missing.Output, StringComparison.Ordinal);
        Assert.False(alice.HasExited);

        var number = shown["call"]!["id"]!.ToString();
        Assert.Equal($"call {number} of alice on home-gateway-0 is told to end\n", await kubectl.RunAsync("kick", "home", number));
        await alice.WaitForExitAsync(TimeSpan.FromSeconds(60));
        await Eventually.TrueAsync("the call to be gone", TimeSpan.FromSeconds(60), async () => await kubectl.RunAsync("sessions", "home") == "No calls.\n");

        await Eventually.TrueAsync("the event", TimeSpan.FromSeconds(60), async () =>
            (await site.Api.GetAsync("/apis/events.k8s.io/v1/namespaces/default/events"))!["items"]!.AsArray().Any(seen =>
                (string?)seen!["reason"] == "CallsEnded" && ((string?)seen["note"])!.StartsWith("Calls on home-gateway-0 that were told to end: 1. Asked for by request ", StringComparison.Ordinal)));

        // Nothing is left on the desk.
        Assert.Empty((await site.Api.GetAsync("/api/v1/namespaces/default/secrets/home-desk"))!["data"]?.AsObject() ?? []);

        // A user's life, as the gateway sees it.
        Assert.Contains("otpauth://totp/home%3Abob?secret=", await kubectl.RunAsync("user", "totp", "home", "bob"), StringComparison.Ordinal);
        await kubectl.RunAsync("user", "disable", "home", "alice");
        var users = await kubectl.RunAsync("user", "list", "home");
        Assert.Matches(@"alice +disabled", users);
        Assert.Matches(@"bob +yes +enabled", users);
    }
}
