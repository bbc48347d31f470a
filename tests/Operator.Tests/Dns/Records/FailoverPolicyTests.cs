using Operator.Resources;

namespace Operator.Tests.Dns.Records;

/// <summary>What a fail-over's policies come to at the service, with a clock of the test's.</summary>
public sealed class FailoverPolicyTests
{
    private const string Targets =
        "\"targets\":[{\"name\":\"a\",\"priority\":10,\"addresses\":[\"203.0.113.1\"]},{\"name\":\"b\",\"priority\":20,\"addresses\":[\"203.0.113.2\"]}]}";

    [Fact]
    public async Task Going_back_by_hand_waits_for_the_annotation()
    {
        var bench = await StartAsync("\"failBack\":\"Manual\",\"holdDown\":\"1m\",");
        await TurnAsync(bench, "a", isDown: true);
        Assert.Equal(["203.0.113.2"], bench.Status.Published);
        await TurnAsync(bench, "a", isDown: false);

        bench.Time.Advance(TimeSpan.FromHours(1));
        await bench.PassAsync();
        Assert.Equal(["203.0.113.2"], bench.Status.Published);
        Assert.Contains("going back waits for a person", bench.Condition("TargetsHealthy").Message, StringComparison.Ordinal);

        await bench.PassAsync(isRequested: true);
        Assert.Equal(["203.0.113.1"], bench.Status.Published);
    }

    [Theory]
    [InlineData("KeepLast", "203.0.113.2")]
    [InlineData("PublishAll", "203.0.113.1,203.0.113.2")]
    public async Task When_all_are_down_the_policy_is_published_and_the_first_that_is_back_ends_it(
        string policy, string published)
    {
        var bench = await StartAsync($"\"allDown\":\"{policy}\",\"holdDown\":\"1h\",");
        await TurnAsync(bench, "a", isDown: true);
        await TurnAsync(bench, "b", isDown: true);

        Assert.Equal(published.Split(','), bench.Status.Published);
        Assert.Equal(
            (ConditionStatus.False, "NoneHealthy"),
            (bench.Condition("TargetsHealthy").Status, bench.Condition("TargetsHealthy").Reason));

        await TurnAsync(bench, "a", isDown: false);
        Assert.Equal(["203.0.113.1"], bench.Status.Published);
    }

    [Fact]
    public async Task All_healthy_targets_are_published_together_and_one_that_is_back_joins_after_the_hold_down()
    {
        var bench = await StartAsync("\"mode\":\"AllHealthy\",\"holdDown\":\"5m\",");
        Assert.Equal(["203.0.113.1", "203.0.113.2"], bench.Status.Published);

        await TurnAsync(bench, "b", isDown: true);
        Assert.Equal(["203.0.113.1"], bench.Status.Published);

        await TurnAsync(bench, "b", isDown: false);
        bench.Time.Advance(TimeSpan.FromMinutes(4));
        await bench.PassAsync();
        Assert.Equal(["203.0.113.1"], bench.Status.Published);

        bench.Time.Advance(TimeSpan.FromMinutes(2));
        await bench.PassAsync();
        Assert.Equal(["203.0.113.1", "203.0.113.2"], bench.Status.Published);
    }

    private static async Task<RecordBench> StartAsync(string policy)
    {
        var bench = new RecordBench(RecordBench.Spec($"\"failover\":{{{policy}{Targets}"));
        await UntilAsync(bench, () => bench.Status.Targets.All(target => target.Healthy == ConditionStatus.True));
        return bench;
    }

    private static Task TurnAsync(RecordBench bench, string target, bool isDown)
    {
        var address = target == "a" ? "203.0.113.1" : "203.0.113.2";
        if (isDown) bench.Down.Add(address);
        else bench.Down.Remove(address);
        return UntilAsync(bench, () => bench.Status.Targets.Single(entry => entry.Name == target).Healthy == (isDown
            ? ConditionStatus.False
            : ConditionStatus.True));
    }

    // The monitor looks on its own thread whenever the clock is moved; passes go on until what it saw is in the status.
    private static Task UntilAsync(RecordBench bench, Func<bool> holds) =>
        TestSupport.Waiting.Eventually.TrueAsync("the targets to turn", TimeSpan.FromSeconds(30), async () =>
        {
            bench.Time.Advance(TimeSpan.FromSeconds(2));
            await bench.PassAsync();
            return holds();
        });
}
