using Operator.Dns;
using Operator.Dns.Providers;
using Operator.Dns.Publishing;
using Operator.Resources.DdnsRecords;

namespace Operator.Tests.Dns.Publishing;

public sealed class PublishStateTests
{
    private static readonly DateTimeOffset Now = SimulatedLine.Start;
    private static readonly PublishRules Rules = new();
    private static readonly AddressSet One = AddressSet.Parse(["203.0.113.1"]);
    private static readonly AddressSet Two = AddressSet.Parse(["203.0.113.2"]);

    [Fact]
    public void Nothing_is_sent_when_nothing_is_known()
    {
        var verdict = Assert.IsType<PublishVerdict.Stopped>(new PublishState { Published = One }.Decide(Now, Rules));

        Assert.Equal("NoAddress", verdict.Reason);
    }

    [Fact]
    public void What_is_published_already_is_not_sent_again_until_it_is_due()
    {
        var state = Published(One);

        Assert.IsType<PublishVerdict.UpToDate>(
            state.Decide(Now + TimeSpan.FromDays(24), Rules with { RefreshAfter = TimeSpan.FromDays(25) }));
        Assert.IsType<PublishVerdict.Publish>(
            state.Decide(Now + TimeSpan.FromDays(26), Rules with { RefreshAfter = TimeSpan.FromDays(25) }));
        Assert.IsType<PublishVerdict.UpToDate>(state.Decide(Now + TimeSpan.FromDays(400), Rules));
    }

    [Fact]
    public void A_source_that_knows_for_sure_does_not_wait()
    {
        var sure = Rules with { IsAuthoritative = true };

        var state = Published(One).See(Two, Now + TimeSpan.FromSeconds(1), sure);

        Assert.Equal(Two, state.Believed);
        Assert.IsType<PublishVerdict.Publish>(state.Decide(Now + TimeSpan.FromSeconds(1), sure));
    }

    [Fact]
    public void The_rule_of_the_service_binds_also_sources_that_know_for_sure()
    {
        var rules = Rules with { IsAuthoritative = true, ServiceInterval = TimeSpan.FromMinutes(10) };
        var state = Published(One).See(Two, Now + TimeSpan.FromSeconds(1), rules);

        var wait = Assert.IsType<PublishVerdict.Wait>(state.Decide(Now + TimeSpan.FromSeconds(1), rules));

        Assert.Equal(("ServiceInterval", Now + TimeSpan.FromMinutes(10)), (wait.Reason, wait.Until));
    }

    [Fact]
    public void The_minimum_interval_holds_a_change_back_and_says_until_when()
    {
        var state = (Published(One) with { Believed = Two }).Decide(Now + TimeSpan.FromSeconds(20), Rules);

        Assert.Equal(
            new PublishVerdict.Wait("MinimumInterval", "The last change was a moment ago.", Now + TimeSpan.FromSeconds(60)),
            state);
    }

    [Fact]
    public void A_person_who_asks_cuts_waits_short_but_not_a_lock_out()
    {
        var failed = (Published(One) with { Believed = Two })
            .Answered(Failed(FailureClass.ProviderDown), Two, "s", Now, Rules, 0.5);
        var locked = failed.Answered(Failed(FailureClass.Abuse), Two, "s", Now, Rules, 0.5);

        Assert.IsType<PublishVerdict.Wait>(failed.Decide(Now + TimeSpan.FromMinutes(1), Rules));
        Assert.IsType<PublishVerdict.Publish>(failed.Decide(Now + TimeSpan.FromMinutes(1), Rules, isRequested: true));
        Assert.Equal(
            "Abuse",
            Assert.IsType<PublishVerdict.Stopped>(locked.Decide(Now + TimeSpan.FromDays(9), Rules, isRequested: true)).Reason);
    }

    [Fact]
    public void Paused_and_dry_run_send_nothing_and_say_so()
    {
        var state = Published(One) with { Believed = Two };

        Assert.Equal(
            "Paused",
            Assert.IsType<PublishVerdict.Stopped>(state.Decide(Now + TimeSpan.FromHours(1), Rules, isPaused: true)).Reason);
        var dry = Assert.IsType<PublishVerdict.Stopped>(
            state.Decide(Now + TimeSpan.FromHours(1), Rules with { IsDryRun = true }));
        Assert.Equal(("DryRun", "Would publish 203.0.113.2 in place of 203.0.113.1."), (dry.Reason, dry.Message));
    }

    [Fact]
    public void A_refused_login_ends_when_the_secret_changes_and_abuse_only_by_a_person()
    {
        var auth = new PublishState { Believed = One }.Answered(Failed(FailureClass.Auth), One, "old", Now, Rules, 0);
        var abuse = new PublishState { Believed = One }.Answered(Failed(FailureClass.Abuse), One, "old", Now, Rules, 0);

        Assert.NotNull(auth.Unlock("old", false).Lockout);
        Assert.Null(auth.Unlock("new", false).Lockout);
        Assert.NotNull(abuse.Unlock("new", false).Lockout);
        Assert.Null(abuse.Unlock("old", true).Lockout);
    }

    [Fact]
    public void Everything_that_matters_survives_a_restart()
    {
        var state = Published(One).See(Two, Now + TimeSpan.FromSeconds(30), Rules) with
        {
            Penalty = new FlapPenalty(3500, Now, Now + TimeSpan.FromMinutes(20)),
        };
        state = state.Answered(Failed(FailureClass.Transient), Two, "s", Now, Rules, 0.5);
        var locked = state.Answered(Failed(FailureClass.Abuse), Two, "s", Now, Rules, 0.5);

        foreach (var before in (PublishState[])[state, locked])
        {
            var after = PublishStatus.Read(PublishStatus.Write(new DdnsRecordStatus(), before));

            // Waits are rounded up to whole seconds, never down.
            Assert.Equal(before with { NotBefore = after.NotBefore }, after);
            Assert.True(after.NotBefore is null == before.NotBefore is null
                && (after.NotBefore - before.NotBefore ?? TimeSpan.Zero) is { Ticks: >= 0 and < TimeSpan.TicksPerSecond });
        }
    }

    [Theory]
    [InlineData(FailureClass.Transient, 1, 5)]
    [InlineData(FailureClass.Transient, 3, 20)]
    [InlineData(FailureClass.Transient, 60, 90)]
    [InlineData(FailureClass.Unknown, 1, 900)]
    [InlineData(FailureClass.ProviderDown, 1, 1800)]
    public void Waits_double_up_to_the_longest_and_have_the_floor_of_their_class(
        FailureClass failureClass, int failures, int seconds)
    {
        var failure = new ProviderFailure(failureClass, "", "");

        Assert.Equal(
            seconds, BackOff.After(failure, failures, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(90), 0).TotalSeconds, 3);
        Assert.InRange(
            BackOff.After(failure, failures, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(90), 1).TotalSeconds,
            seconds, seconds * 1.2 + 0.001);
    }

    [Fact]
    public void What_the_service_asks_for_is_kept_even_beyond_the_longest_wait()
    {
        var failure = new ProviderFailure(FailureClass.Transient, "", "") { RetryAfter = TimeSpan.FromHours(3) };

        Assert.Equal(TimeSpan.FromHours(3), BackOff.After(failure, 1, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(90), 0.5));
    }

    private static PublishState Published(AddressSet addresses) =>
        new PublishState { Believed = addresses }.Answered(new ProviderOutcome.Applied("good"), addresses, "s", Now, Rules, 0);

    private static ProviderOutcome.Failed Failed(FailureClass failureClass) =>
        new ProviderOutcome.Failed(new ProviderFailure(failureClass, "words", "advice"));
}
