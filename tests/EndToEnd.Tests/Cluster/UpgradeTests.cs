using EndToEnd.Tests.Cluster.Servers;
using TestSupport.Waiting;

namespace EndToEnd.Tests.Cluster;

/// <summary>This version and the one before it, in every combination that an upgrade
/// and a rollback go through (ADR 28).</summary>
public sealed class UpgradeTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(90);

    [PreviousVersionFact]
    public async Task Definitions_operator_and_gateway_are_upgraded_one_after_the_other_and_the_first_two_rolled_back()
    {
        var (previous, current) = (SitePrograms.Previous!, SitePrograms.Current);
        await using var site = await ClusterSite.StartAsync(previous);
        await site.ApplyGatewayAsync();
        var process = site.GatewayProcess;
        await using var alice = site.Dial(site.Laboratory.Client, "alice");
        await alice.WaitForAddressAsync();

        // The operator before, with the definitions of this version.
        await Definitions.ApplyAsync(site.Api, current.Definitions);
        await ChangeAsync(site, "10.98.0.0/24");

        // This operator, with the gateway before: configuration and users reach it, and nothing restarts it.
        Assert.Equal(0, await site.Operator!.StopAsync());
        await site.Operator.DisposeAsync();
        site.StartOperator(current.Operator);
        await ChangeAsync(site, "10.97.0.0/24");
        await site.AssertStillUpAsync(alice, process);
        await site.PutUsersAsync("alice", "bob");
        await Eventually.TrueAsync("bob to be let in", Deadline, () => IsLetInAsync(site, "bob"));
        await site.AssertStillUpAsync(alice, process);

        // This gateway in its place, with the state that the one before left.
        site.Runner!.Roll(current.Gateway);
        await Eventually.TrueAsync("the new gateway", Deadline, () => Task.FromResult(site.GatewayProcess is { } now
            && now != process && site.Runner.Log.Contains("The gateway is up", StringComparison.Ordinal)));
        await ChangeAsync(site, "10.96.0.0/24");
        process = site.GatewayProcess;
        await using var again = site.Dial(site.Laboratory.Other, "bob", "--device", "tun1");
        await again.WaitForAddressAsync();

        // Back: the operator before, with this gateway; then its definitions, too.
        Assert.Equal(0, await site.Operator!.StopAsync());
        await site.Operator.DisposeAsync();
        site.StartOperator(previous.Operator);
        await ChangeAsync(site, "10.95.0.0/24");
        await Definitions.ApplyAsync(site.Api, previous.Definitions);
        await ChangeAsync(site, "10.94.0.0/24");
        await site.AssertStillUpAsync(again, process);
    }

    /// <summary>A second pool: the operator has to see it, and the gateway to take it.</summary>
    private static async Task ChangeAsync(ClusterSite site, string pool)
    {
        var before = await site.RevisionAsync();
        await site.ChangePoolsAsync("10.99.0.0/24", pool);
        await site.UntilSettledAsync($"the pool {pool}");
        Assert.Contains(pool, await site.ConfigurationAsync(), StringComparison.Ordinal);
        Assert.True(await site.RevisionAsync() > before);
    }

    private static async Task<bool> IsLetInAsync(ClusterSite site, string user)
    {
        await using var call = site.Dial(site.Laboratory.Other, user);
        try
        {
            await call.WaitForAddressAsync();
            return true;
        }
        catch (TestSupport.Processes.CommandFailedException)
        {
            return false;
        }
    }
}
