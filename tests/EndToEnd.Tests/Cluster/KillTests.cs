using System.Globalization;
using TestSupport.Prerequisites;

namespace EndToEnd.Tests.Cluster;

/// <summary>The operator is killed in the middle of its work, again and again.</summary>
public sealed class KillTests
{
    /// <summary>Each changes the spec, and kills the operator that reconciles it.</summary>
    private const int Rounds = 50;

    /// <summary>By then a pass is over, so that kills come before, in and after it.</summary>
    private static readonly TimeSpan LongestPass = TimeSpan.FromMilliseconds(900);

    [RequiresFact("ip")]
    public async Task Kills_in_the_middle_of_reconciles_drop_no_call_and_leave_what_was_asked_for_last()
    {
        await using var site = await ClusterSite.StartAsync();
        await site.ApplyGatewayAsync();
        var process = site.GatewayProcess;
        await using var alice = site.Dial(site.Laboratory.Client, "alice");
        await alice.WaitForAddressAsync();
        var first = await site.RevisionAsync();

        // A fixed seed: what goes wrong once goes wrong again.
        var random = new Random(3);
        for (var round = 1; round <= Rounds; round++)
        {
            await site.ChangePoolsAsync("10.99.0.0/24", Pool(round));
            // Half of them while it works already, half while it starts and finds the change.
            if (round % 2 == 0) await site.Operator!.WaitForLogAsync("Working on");
            await Task.Delay(random.NextDouble() * LongestPass);
            await site.Operator!.KillAsync();
            site.StartOperator();
            Assert.False(alice.HasExited, alice.Output);
        }

        await site.UntilSettledAsync("the last of the configurations");
        Assert.Contains(Pool(Rounds), await site.ConfigurationAsync(), StringComparison.Ordinal);
        // A change that was killed half-way is taken up again, not counted twice.
        Assert.InRange(await site.RevisionAsync(), first + 1, first + Rounds);
        await site.AssertStillUpAsync(alice, process);
    }

    private static string Pool(int round) => string.Create(CultureInfo.InvariantCulture, $"10.{100 + round}.0.0/24");
}
