using Operator.Dns.Accounts;

namespace Operator.Tests.Dns.Accounts;

public sealed class AccountBudgetTests
{
    private readonly WallClock _clock = new();

    [Fact]
    public void A_clock_that_is_set_back_takes_no_calls_away_and_lengthens_no_wait()
    {
        var budget = new AccountBudget(20, TimeSpan.FromMinutes(1), _clock);
        for (var i = 0; i < 10; i++) Assert.True(budget.TryTake(out _));

        _clock.Now -= TimeSpan.FromHours(1);
        for (var i = 0; i < 10; i++) Assert.True(budget.TryTake(out _));
        Assert.False(budget.TryTake(out var wait));
        Assert.Equal(TimeSpan.FromSeconds(3), wait);

        budget.Close(TimeSpan.FromMinutes(5));
        _clock.Now -= TimeSpan.FromHours(1);
        Assert.Equal(TimeSpan.FromMinutes(5), budget.WaitFor(1));
        _clock.Now += TimeSpan.FromMinutes(5);
        Assert.True(budget.TryTake(out _));
    }

    private sealed class WallClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = DateTimeOffset.UnixEpoch + TimeSpan.FromDays(20_000);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
