using Operator.Dns.Accounts;
using Operator.Dns.Providers;

namespace Operator.Tests.Dns.Accounts;

public sealed class AccountOutageTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1_800_000_000);
    private static readonly TimeSpan Initial = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Maximum = TimeSpan.FromMinutes(30);
    private static readonly ProviderFailure Away =
        new(FailureClass.Transient, "refused", "") { Outage = ServiceOutage.Unreachable };

    [Fact]
    public void One_or_two_failures_are_a_requests_bad_luck_and_three_in_a_row_an_outage()
    {
        Assert.False(Failed(2).IsDeclared);
        Assert.True(Failed(3).IsDeclared);
        Assert.False(Failed(2).Answered(Now).Failed(Away, Now, Now, Initial, Maximum, 0).IsDeclared);
    }

    [Theory]
    [InlineData(FailureClass.Auth)]
    [InlineData(FailureClass.Config)]
    [InlineData(FailureClass.Transient)]
    public void A_failure_that_is_an_answer_ends_an_outage(FailureClass failureClass)
    {
        var answered = Failed(5).Failed(new ProviderFailure(failureClass, "no", ""), Now, Now, Initial, Maximum, 0);

        Assert.False(answered.IsDeclared);
    }

    [Fact]
    public void What_was_under_way_when_the_service_went_away_does_not_lengthen_the_wait()
    {
        var outage = Failed(3);

        var late = outage.Failed(
            Away, outage.LastFailure - TimeSpan.FromSeconds(3), Now + TimeSpan.FromSeconds(9), Initial, Maximum, 0);

        Assert.Equal(outage, late);
    }

    [Fact]
    public void A_look_that_saw_the_host_dead_and_now_alive_brings_the_next_attempt_forward()
    {
        var outage = Failed(10).Looked(Liveness.Unreachable, Now, 0);
        var later = Now + TimeSpan.FromMinutes(7);

        var hope = outage.Looked(Liveness.Answering, later, 0);

        Assert.Equal((later, later), (hope.NextAttempt, hope.ReturnedAt!.Value));
    }

    [Fact]
    public void A_look_that_always_sees_the_host_alive_brings_nothing_forward()
    {
        var outage = Failed(10);

        var looked = outage.Looked(Liveness.Answering, Now, 0).Looked(Liveness.Answering, Now + TimeSpan.FromMinutes(1), 0);

        Assert.Equal((outage.NextAttempt, null), (looked.NextAttempt, looked.ReturnedAt));
    }

    [Fact]
    public void Each_look_that_was_wrong_makes_the_next_wait_longer_and_none_is_forgotten()
    {
        var outage = Failed(4);
        var now = Now;
        var hopes = 0;
        for (var minute = 0; minute < 60; minute++, now += TimeSpan.FromMinutes(1))
        {
            outage = outage.Looked(minute % 2 == 0 ? Liveness.Broken : Liveness.Answering, now, 0);
            if (outage.NextAttempt != now) continue;
            hopes++;
            outage = outage.Failed(Away, now, now, Initial, Maximum, 0);
        }

        Assert.InRange(hopes, 4, 7);
    }

    [Fact]
    public void A_service_that_says_that_it_is_down_is_an_outage_at_once_and_is_not_looked_at()
    {
        var outage = AccountOutage.None.Failed(
            new ProviderFailure(FailureClass.ProviderDown, "911", ""), Now, Now, Initial, Maximum, 0);

        Assert.True(outage.IsDeclared);
        Assert.Equal((Now + TimeSpan.FromMinutes(30), null), (outage.NextAttempt, outage.NextLook));
    }

    // Each a second after the other.
    private static AccountOutage Failed(int times)
    {
        var outage = AccountOutage.None;
        for (var i = 0; i < times; i++)
        {
            var at = Now - TimeSpan.FromSeconds(times - i);
            outage = outage.Failed(Away, at, at, Initial, Maximum, 0);
        }

        return outage;
    }
}
