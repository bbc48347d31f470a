using Operator.Resources;

namespace Operator.Tests.Dns.Records;

/// <summary>What others see of a record, over hours of a clock of the test's.</summary>
public sealed class ReachabilityTests
{
    private const string Checked = """
        ,"verification":{"reachability":{"vantages":["b","c"],"peers":[{"url":"https://peer.example.net:8443","tokenSecret":{"name":"peer","key":"token"}}],"interval":"5m"}}
        """;

    [Fact]
    public async Task What_others_reach_is_said_with_who_looked()
    {
        var bench = new RecordBench(RecordBench.Spec(RecordBench.Static("203.0.113.1"), more: Checked));
        await bench.PassAsync();
        Assert.Equal("NotLookedYet", bench.Condition("Reachable").Reason);

        await bench.RunAsync(TimeSpan.FromSeconds(30));

        Assert.Equal(
            (ConditionStatus.True, "Reached"), (bench.Condition("Reachable").Status, bench.Condition("Reachable").Reason));
        Assert.Equal(
            ["gateway b", "gateway c", "operator https://peer.example.net:8443"],
            bench.Status.Reachability.Select(finding => finding.Point));
        Assert.All(bench.Status.Reachability, finding => Assert.Equal(["203.0.113.1"], finding.Reached));
        Assert.Contains("b vpn.example.com 203.0.113.1:443", bench.Vantages.Asked);
    }

    [Fact]
    public async Task A_port_that_is_closed_outside_is_a_condition_and_one_event_and_its_opening_another()
    {
        var bench = new RecordBench(RecordBench.Spec(RecordBench.Static("203.0.113.1"), more: Checked));
        await bench.RunAsync(TimeSpan.FromMinutes(1));
        bench.Vantages.Unreached.Add("* 203.0.113.1");

        await bench.RunAsync(TimeSpan.FromHours(1));

        Assert.Equal(
            (ConditionStatus.False, "NotReachable"), (bench.Condition("Reachable").Status, bench.Condition("Reachable").Reason));
        Assert.Equal(["203.0.113.1"], bench.Status.Reachability[0].NotReached);
        Assert.Equal(1, bench.Events.Count(told => told == "Warning NotReachable"));
        Assert.Equal(ConditionStatus.True, bench.Condition("Ready").Status);

        bench.Vantages.Unreached.Clear();
        await bench.RunAsync(TimeSpan.FromMinutes(6));

        Assert.Equal(ConditionStatus.True, bench.Condition("Reachable").Status);
        Assert.Equal(1, bench.Events.Count(told => told == "Normal Reachable"));
    }

    [Fact]
    public async Task One_round_that_fails_is_repeated_before_it_is_believed()
    {
        var bench = new RecordBench(RecordBench.Spec(RecordBench.Static("203.0.113.1"), more: Checked));
        await bench.RunAsync(TimeSpan.FromMinutes(1));
        bench.Vantages.Unreached.Add("* 203.0.113.1");
        var before = bench.Vantages.Asked.Count;
        while (bench.Vantages.Asked.Count == before) await bench.RunAsync(TimeSpan.FromSeconds(1));

        Assert.Equal("Reached", bench.Condition("Reachable").Reason);
        bench.Vantages.Unreached.Clear();
        await bench.RunAsync(TimeSpan.FromMinutes(1));

        Assert.Equal("Reached", bench.Condition("Reachable").Reason);
        Assert.DoesNotContain(bench.Events, told => told.StartsWith("Warning", StringComparison.Ordinal));
    }

    [Fact]
    public async Task It_costs_one_round_an_interval_and_no_new_status()
    {
        var bench = new RecordBench(RecordBench.Spec(RecordBench.Static("203.0.113.1"), more: Checked));
        await bench.RunAsync(TimeSpan.FromMinutes(2));
        var (asked, status) = (bench.Vantages.Asked.Count, System.Text.Json.JsonSerializer.Serialize(bench.Status));

        await bench.RunAsync(TimeSpan.FromHours(1));

        // An address and the name, from three points, twelve times.
        Assert.InRange(bench.Vantages.Asked.Count - asked, 66, 78);
        Assert.Equal(status, System.Text.Json.JsonSerializer.Serialize(bench.Status));
    }

    [Fact]
    public async Task A_restart_keeps_what_was_found_out_and_a_new_address_does_not()
    {
        var bench = new RecordBench(RecordBench.Spec(RecordBench.Static("203.0.113.1"), more: Checked));
        await bench.RunAsync(TimeSpan.FromMinutes(1));
        bench.Vantages.Silent.UnionWith(["b", "c", "https://peer.example.net:8443"]);

        bench.Change(RecordBench.Spec(RecordBench.Static("203.0.113.1"), more: Checked + " "));
        await bench.PassAsync();
        Assert.Equal("Reached", bench.Condition("Reachable").Reason);

        bench.Change(RecordBench.Spec(RecordBench.Static("203.0.113.2"), more: Checked));
        await bench.PassAsync();
        Assert.Equal("NotLookedYet", bench.Condition("Reachable").Reason);
        await bench.RunAsync(TimeSpan.FromMinutes(2));
        Assert.Equal(
            (ConditionStatus.Unknown, "NobodyLooks"), (bench.Condition("Reachable").Status, bench.Condition("Reachable").Reason));
    }

    [Fact]
    public async Task Targets_of_which_too_few_votes_are_cast_stay_and_that_is_a_condition()
    {
        var bench = new RecordBench(RecordBench.Spec("""
            "failover":{"check":{"vantages":["b","c"],"kind":"Tcp"},"targets":[{"name":"a","priority":10,"addresses":["203.0.113.1"]},{"name":"b","priority":20,"addresses":["203.0.113.2"]}]}
            """));
        await UntilAsync(bench, () => bench.Condition("TargetsHealthy").Reason == "Healthy");

        bench.Vantages.Silent.UnionWith(["b", "c"]);
        bench.Down.Add("203.0.113.1");
        await UntilAsync(bench, () => bench.Condition("TargetsHealthy").Reason == "TooFewVotes");
        Assert.Equal(["203.0.113.1"], bench.Status.Published);

        bench.Vantages.Silent.Remove("b");
        bench.Vantages.Unreached.Add("b 203.0.113.1");
        await UntilAsync(bench, () => bench.Status.Published is ["203.0.113.2"]);
        Assert.Contains("seen by the operator, gateway b", bench.Status.Targets[0].Message, StringComparison.Ordinal);
    }

    private static Task UntilAsync(RecordBench bench, Func<bool> holds) =>
        TestSupport.Waiting.Eventually.TrueAsync("it", TimeSpan.FromSeconds(30), async () =>
        {
            bench.Time.Advance(TimeSpan.FromSeconds(2));
            await bench.PassAsync();
            return holds();
        });
}
