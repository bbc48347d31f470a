using System.Text.Json.Nodes;
using TestSupport.Prerequisites;

namespace EndToEnd.Tests.Cluster;

/// <summary>The API server is gone for a while.</summary>
public sealed class OutageTests
{
    private static readonly TimeSpan Outage = LongRun.IsOn ? TimeSpan.FromMinutes(10) : TimeSpan.FromMinutes(1);

    [RequiresFact("ip")]
    public async Task An_absent_api_server_drops_no_call_and_work_goes_on_when_it_is_back()
    {
        await using var site = await ClusterSite.StartAsync();
        await site.ApplyGatewayAsync();
        var process = site.GatewayProcess;
        await using var alice = site.Dial(site.Laboratory.Client, "alice");
        await alice.WaitForAddressAsync();

        await site.KillServerAsync();
        await Task.Delay(Outage);
        await site.AssertStillUpAsync(alice, process);
        // A call that comes meanwhile is taken as any other.
        await using (var second = site.Dial(site.Laboratory.Other, "alice")) await second.WaitForAddressAsync();

        await site.StartServerAsync();
        await site.ChangeSpecAsync(new JsonObject { ["drainTime"] = "2s" });
        await site.UntilSettledAsync("a change after the outage");
        Assert.Contains("drainTime: 2s", await site.ConfigurationAsync(), StringComparison.Ordinal);
        await site.AssertStillUpAsync(alice, process);
    }
}
