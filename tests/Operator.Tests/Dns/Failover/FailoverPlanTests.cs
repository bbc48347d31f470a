using Operator.Dns;
using Operator.Dns.Failover;
using Operator.Resources.DdnsRecords;

namespace Operator.Tests.Dns.Failover;

public sealed class FailoverPlanTests
{
    private static readonly DateTimeOffset Start = DateTimeOffset.FromUnixTimeSeconds(1_800_000_000);
    private static readonly FailoverRules Ordered =
        new(FailoverMode.Ordered, TimeSpan.FromMinutes(5), MayFailBack: true, AllDown.KeepLast);

    [Fact]
    public void The_first_start_publishes_the_first_target_whatever_its_health()
    {
        var choice = FailoverPlan.Choose([Target("b", 20), Target("a", 10)], Ordered, null, Start);

        Assert.Equal(["a"], choice.Active.ToArray());
        Assert.False(choice.IsSwitch);
    }

    [Fact]
    public void A_failed_target_is_left_at_once_also_within_the_hold_down()
    {
        var choice = FailoverPlan.Choose(
            [Target("a", 10, false, isActive: true), Target("b", 20, true)], Ordered, Start - TimeSpan.FromSeconds(1), Start);

        Assert.Equal(["b"], choice.Active.ToArray());
        Assert.True(choice.IsSwitch);
    }

    [Fact]
    public void A_better_target_that_is_back_waits_for_the_hold_down_from_switch_or_recovery_whichever_is_later()
    {
        TargetState[] targets =
        [
            Target("a", 10, true, since: Start + TimeSpan.FromMinutes(2)), Target("b", 20, true, isActive: true),
        ];

        var early = FailoverPlan.Choose(targets, Ordered, Start, Start + TimeSpan.FromMinutes(6));
        var late = FailoverPlan.Choose(targets, Ordered, Start, Start + TimeSpan.FromMinutes(7));

        Assert.Equal(["b"], early.Active.ToArray());
        Assert.Equal(Start + TimeSpan.FromMinutes(7), early.Again);
        Assert.Equal(["a"], late.Active.ToArray());
        Assert.True(late.IsSwitch);
    }

    [Fact]
    public void Going_back_by_hand_waits_for_the_person()
    {
        TargetState[] targets =
        [
            Target("a", 10, true, since: Start - TimeSpan.FromHours(1)), Target("b", 20, true, isActive: true),
        ];

        Assert.Equal(["b"], FailoverPlan
            .Choose(targets, Ordered with { MayFailBack = false }, Start - TimeSpan.FromHours(1), Start).Active
            .ToArray());
        Assert.Equal(["a"], FailoverPlan.Choose(targets, Ordered, Start - TimeSpan.FromHours(1), Start).Active.ToArray());
    }

    [Fact]
    public void A_target_of_the_same_priority_is_no_reason_to_move()
    {
        TargetState[] targets =
        [
            Target("a", 10, true, since: Start - TimeSpan.FromHours(1)), Target("b", 10, true, isActive: true),
        ];

        Assert.Equal(["b"], FailoverPlan.Choose(targets, Ordered, null, Start).Active.ToArray());
    }

    [Theory]
    [InlineData(AllDown.KeepLast, "b")]
    [InlineData(AllDown.PublishAll, "a,b")]
    public void When_all_are_down_the_policy_decides(AllDown policy, string active)
    {
        var choice = FailoverPlan.Choose(
            [Target("a", 10, false), Target("b", 20, false, isActive: true)], Ordered with { AllDown = policy }, null, Start);

        Assert.Equal(active.Split(','), choice.Active.ToArray());
        Assert.False(choice.AnyHealthy);
    }

    [Fact]
    public void A_target_whose_health_is_not_known_again_after_a_restart_keeps_its_place()
    {
        var choice = FailoverPlan.Choose(
            [Target("a", 10), Target("b", 20, null, isActive: true)], Ordered, Start - TimeSpan.FromHours(1), Start);

        Assert.Equal(["b"], choice.Active.ToArray());
        Assert.False(choice.IsSwitch);
    }

    [Fact]
    public void All_healthy_targets_are_published_together_and_one_that_comes_back_waits()
    {
        var rules = Ordered with { Mode = FailoverMode.AllHealthy };
        TargetState[] oneDown =
        [
            Target("a", 10, true, isActive: true), Target("b", 10, false, isActive: true), Target("c", 10, true, isActive: true),
        ];
        TargetState[] back =
        [
            Target("a", 10, true, isActive: true), Target("b", 10, true, since: Start), Target("c", 10, true, isActive: true),
        ];

        Assert.Equal(["a", "c"], FailoverPlan.Choose(oneDown, rules, Start - TimeSpan.FromHours(1), Start).Active.ToArray());
        Assert.Equal(["a", "c"], FailoverPlan.Choose(back, rules, Start, Start + TimeSpan.FromMinutes(4)).Active.ToArray());
        Assert.Equal(["a", "b", "c"], FailoverPlan.Choose(back, rules, Start, Start + TimeSpan.FromMinutes(5)).Active.ToArray());
    }

    [Fact]
    public void A_target_without_an_address_is_never_chosen()
    {
        var choice = FailoverPlan.Choose(
            [Target("a", 10, true) with { Addresses = AddressSet.Empty }, Target("b", 20, true)], Ordered, null, Start);

        Assert.Equal(["b"], choice.Active.ToArray());
    }

    [Fact]
    public void Three_failures_turn_a_target_and_two_successes_turn_it_back()
    {
        var counts = TargetCounts.Unknown(Start);
        var (good, bad) = (new ProbeResult(true, "ok"), new ProbeResult(false, "no answer"));
        TargetCounts Look(ProbeResult result) => counts = counts.Look(result, Start, rise: 2, fall: 3);

        Assert.Null(Look(good).Health);
        Assert.True(Look(good).Health);
        Assert.True(Look(bad).Health);
        Assert.True(Look(bad).Health);
        Assert.True(Look(good).Health);
        Assert.True(Look(bad).Health);
        Assert.True(Look(bad).Health);
        Assert.False(Look(bad).Health);
        Assert.False(Look(good).Health);
        Assert.True(Look(good).Health);
    }

    private static TargetState Target(
        string name, int priority, bool? health = null, bool isActive = false, DateTimeOffset? since = null) =>
        new(name, priority, isActive, AddressSet.Parse([$"203.0.113.{name[0] - 'a' + 1}"]), new TargetCounts(
            health, 0, true, since ?? Start, ""));
}
