using System.Text.Json.Nodes;
using EndToEnd.Tests.Network;
using TestSupport.Prerequisites;
using TestSupport.Processes;
using TestSupport.Waiting;

namespace EndToEnd.Tests.Cluster;

/// <summary>A gateway's life as its owner sees it, with every program a process of its own.</summary>
public sealed class LifecycleTests
{
    private const string MetricsPath = "/api/v1/namespaces/default/services/home-metrics";

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(90);

    [RequiresFact("ip")]
    public async Task From_apply_to_delete_every_change_reaches_the_gateway_without_a_restart()
    {
        await using var site = await ClusterSite.StartAsync();
        await site.ApplyGatewayAsync();
        var process = site.GatewayProcess;
        await using var alice = site.Dial(site.Laboratory.Client, "alice");
        Assert.StartsWith("10.99.0.", (await alice.WaitForAddressAsync()).ToString(), StringComparison.Ordinal);

        // Another pool: a new call gets an address of it, and the old call is still there.
        await site.ChangePoolsAsync("10.98.0.0/24");
        await site.UntilSettledAsync("the new pool");
        await using (var second = site.Dial(site.Laboratory.Other, "alice"))
        {
            Assert.StartsWith("10.98.0.", (await second.WaitForAddressAsync()).ToString(), StringComparison.Ordinal);
        }

        // Another user.
        await site.PutUsersAsync("alice", "bob");
        await Eventually.TrueAsync("bob to be let in", Deadline, () => IsLetInAsync(site, "bob"));

        // Another certificate for the same name.
        var renewed = site.Laboratory.Authority.Issue(Laboratory.GatewayName);
        var before = (string?)(await site.StatusAsync())["certificateSerial"];
        await site.PutCertificateAsync(renewed);
        await site.UntilAsync("the new certificate", (_, status) =>
            (string?)status["certificateSerial"] != before
            && (string?)status["gateways"]?[0]?["certificateSerial"] == (string?)status["certificateSerial"]
            && ClusterSite.Condition(status, "Ready", "status") == "True");

        await KeepsTheLastGoodSpecInRepairAsync(site);

        Assert.Equal(process, site.GatewayProcess);
        Assert.False(alice.HasExited);

        // A drain that lasts as long as alice does; the gateway takes the change up while it runs.
        await site.ChangeSpecAsync(new JsonObject
        {
            ["addressing"] = new JsonObject { ["pools4"] = new JsonArray("10.98.0.0/24") }, ["drainTime"] = "40s",
        });
        await site.UntilSettledAsync("the longer drain");
        Assert.Contains("drainTime: 40s", await site.ConfigurationAsync(), StringComparison.Ordinal);
        Assert.Equal(process, site.GatewayProcess);

        // While it goes, it says what is waited for.
        await site.Api.DeleteAsync(ClusterSite.GatewayPath);
        await site.UntilAsync("the drain to be told", (_, status) =>
            ClusterSite.Condition(status, "Ready", "reason") == "Draining"
            && ClusterSite.Condition(status, "Ready", "message")!.Contains("for at most 40s", StringComparison.Ordinal));
        Assert.False(alice.HasExited);
        alice.Interrupt();

        // Gone, and all that was made for it.
        await Eventually.TrueAsync(
            "the gateway to go", Deadline, async () => await site.Api.GetAsync(ClusterSite.GatewayPath) is null);
        Assert.Null(site.GatewayProcess);
        Assert.Null(await site.Api.GetAsync(ClusterSite.ConfigPath));
        Assert.Null(await site.Api.GetAsync("/api/v1/namespaces/default/secrets/home-channel"));
        Assert.NotNull(await site.Api.GetAsync("/api/v1/namespaces/default/secrets/users"));
    }

    /// <summary>A bad spec is said to be one; what runs goes on, and is set back where somebody changes it.</summary>
    private static async Task KeepsTheLastGoodSpecInRepairAsync(ClusterSite site)
    {
        var good = (string?)(await site.StatusAsync())["gateways"]![0]!["configHash"];
        await site.ChangePoolsAsync("10.97.0.0/24", "10.97.0.0/25");
        await site.UntilAsync("the refusal", (gateway, status) =>
            (long?)status["observedGeneration"] == (long)gateway["metadata"]!["generation"]!
            && ClusterSite.Condition(status, "SpecAccepted", "status") == "False");
        Assert.Equal(good, (string?)(await site.StatusAsync())["gateways"]![0]!["configHash"]);

        await site.Api.DeleteAsync(MetricsPath);
        await site.Api.MergeAsync(
            ClusterSite.WorkloadPath, new JsonObject { ["spec"] = new JsonObject { ["minReadySeconds"] = 99 } });
        await Eventually.TrueAsync("both to be set back", Deadline, async () =>
            await site.Api.GetAsync(MetricsPath) is not null
            && (int?)(await site.Api.GetAsync(ClusterSite.WorkloadPath))!["spec"]!["minReadySeconds"] == 10);
        Assert.Equal("False", ClusterSite.Condition(await site.StatusAsync(), "SpecAccepted", "status"));
        await using var third = site.Dial(site.Laboratory.Other, "alice");
        Assert.StartsWith("10.98.0.", (await third.WaitForAddressAsync()).ToString(), StringComparison.Ordinal);
    }

    private static async Task<bool> IsLetInAsync(ClusterSite site, string user)
    {
        await using var call = site.Dial(site.Laboratory.Other, user);
        try
        {
            await call.WaitForAddressAsync();
            return true;
        }
        catch (CommandFailedException)
        {
            return false;
        }
    }
}
