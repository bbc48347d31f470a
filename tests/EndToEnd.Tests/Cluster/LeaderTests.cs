using System.Text.Json.Nodes;
using TestSupport.Prerequisites;
using TestSupport.Waiting;

namespace EndToEnd.Tests.Cluster;

/// <summary>Two operators, of which one works; the gateway is run by the API server's own runner, as on one host.</summary>
public sealed class LeaderTests
{
    private const string LeasePath = "/apis/coordination.k8s.io/v1/namespaces/default/leases/sstp-operator";
    private const string Works = "Working on";

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(90);

    [RequiresFact("ip", "curl")]
    public async Task One_of_two_operators_works_the_other_takes_over_and_who_stops_hands_over_at_once()
    {
        await using var site = await ClusterSite.StartAsync(serverRunsPods: true, withOperator: false);
        await using var one = site.StartReplica("one", 8081);
        await one.WaitForLogAsync(Works);
        await using var two = site.StartReplica("two", 8082);
        await two.WaitForLogAsync("All caches are filled");
        await site.ApplyGatewayAsync();
        var process = site.GatewayProcess;
        await using var alice = site.Dial(site.Laboratory.Client, "alice");
        await alice.WaitForAddressAsync();

        // The second has seen it all, and has done nothing.
        Assert.DoesNotContain(Works, two.Log, StringComparison.Ordinal);
        Assert.Equal((1, 0), (await one.MetricAsync("operator_leading"), await two.MetricAsync("operator_leading")));
        Assert.Equal(0, await two.MetricAsync("operator_reconcile_passes"));
        Assert.Equal(0, await two.MetricAsync("operator_status_writes"));

        // The leader is killed in the middle of a change: the other waits for the lease's end, no less, and does what is left.
        var revision = await site.RevisionAsync();
        await site.ChangeSpecAsync(new JsonObject { ["drainTime"] = "20s" });
        await one.KillAsync();
        var before = (await LeaseAsync(site))!;
        await two.WaitForLogAsync(Works);
        var after = (await LeaseAsync(site))!;
        Assert.NotEqual((string?)before["holderIdentity"], (string?)after["holderIdentity"]);
        Assert.Equal((int)before["leaseTransitions"]! + 1, (int)after["leaseTransitions"]!);
        var silence = (DateTimeOffset)after["acquireTime"]! - (DateTimeOffset)before["renewTime"]!;
        Assert.True(
            silence >= TimeSpan.FromSeconds((int)before["leaseDurationSeconds"]!),
            $"the lease was taken {silence} after its last renewal");
        await site.UntilSettledAsync("the change that the killed one left");
        Assert.Equal(revision + 1, await site.RevisionAsync());
        await UntilMountedAsync(site, "drainTime: 20s");
        await site.AssertStillUpAsync(alice, process);

        // Told to stop, it lets go of the lease, and the next need not wait.
        await using var three = site.StartReplica("three", 8083);
        await three.WaitForLogAsync("All caches are filled");
        Assert.Equal(0, await two.StopAsync());
        await three.WaitForLogAsync(Works);
        var handed = (await LeaseAsync(site))!;
        Assert.NotEqual((string?)after["holderIdentity"], (string?)handed["holderIdentity"]);
        await site.ChangePoolsAsync("10.99.0.0/24", "10.98.0.0/24");
        await site.UntilSettledAsync("a change with the third");
        Assert.Equal(revision + 2, await site.RevisionAsync());
        await site.AssertStillUpAsync(alice, process);

        Assert.Equal(0, await three.StopAsync());
        Assert.Equal("", (string?)(await LeaseAsync(site))!["holderIdentity"] ?? "");
    }

    private static async Task<JsonNode?> LeaseAsync(ClusterSite site) => (await site.Api.GetAsync(LeasePath))?["spec"];

    /// <summary>The file that the gateway would start from follows, too.</summary>
    private static Task UntilMountedAsync(ClusterSite site, string line) =>
        Eventually.TrueAsync($"\"{line}\" in the mounted gateway.yaml", Deadline, () => Task.FromResult(
            Directory.GetFiles(site.Laboratory.Folder.File("data/workloads/pods"), "gateway.yaml", SearchOption.AllDirectories)
                .Any(file => File.ReadAllText(file).Contains(line, StringComparison.Ordinal))));
}
