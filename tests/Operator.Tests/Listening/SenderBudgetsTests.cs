using System.Buffers.Binary;
using System.Net;
using Operator.Listening;
using TestSupport.Time;

namespace Operator.Tests.Listening;

public sealed class SenderBudgetsTests
{
    private static readonly IPAddress Sender = IPAddress.Parse("198.51.100.7");

    private readonly ManualTime _time = new();
    private readonly SenderBudgets _budgets;

    public SenderBudgetsTests() => _budgets = new SenderBudgets(_time);

    [Fact]
    public void Nobody_has_a_new_budget_by_many_others_that_come_in_between()
    {
        for (var i = 0; i < SenderBudgets.RequestsAMinute; i++) Assert.True(_budgets.TryTake(Sender));

        for (var i = 0; i < 2 * SenderBudgets.MaxKnown; i++) _budgets.TryTake(Other(i));

        Assert.False(_budgets.TryTake(Sender));
    }

    [Fact]
    public void While_there_is_no_room_those_that_are_not_known_share_one_budget_and_the_others_keep_theirs()
    {
        Assert.True(_budgets.TryTake(Sender));
        for (var i = 1; i < SenderBudgets.MaxKnown; i++) Assert.True(_budgets.TryTake(Other(i)));

        var served = Enumerable.Range(SenderBudgets.MaxKnown, 1000).Count(i => _budgets.TryTake(Other(i)));

        Assert.Equal(SenderBudgets.OtherRequestsAMinute, served);
        for (var i = 1; i < SenderBudgets.RequestsAMinute; i++) Assert.True(_budgets.TryTake(Sender));
        Assert.False(_budgets.TryTake(Sender));
    }

    [Fact]
    public void Who_has_not_asked_for_as_long_as_a_budget_takes_to_fill_makes_room()
    {
        for (var i = 0; i < SenderBudgets.MaxKnown; i++) _budgets.TryTake(Other(i));
        _time.Advance(TimeSpan.FromMinutes(1));

        for (var i = 0; i < SenderBudgets.RequestsAMinute; i++) Assert.True(_budgets.TryTake(Sender));
        Assert.False(_budgets.TryTake(Sender));
    }

    [Fact]
    public void The_networks_of_one_site_have_one_budget_together()
    {
        var served = Enumerable.Range(0, 1000).Count(i => _budgets.TryTake(IPAddress.Parse($"2001:db8:1:{i:x}::1")));

        Assert.Equal(SenderBudgets.SiteRequestsAMinute, served);
        Assert.True(_budgets.TryTake(IPAddress.Parse("2001:db8:2::1")));
    }

    private static IPAddress Other(int number)
    {
        var octets = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(octets, 0x0A000000 + number);
        return new IPAddress(octets);
    }
}
