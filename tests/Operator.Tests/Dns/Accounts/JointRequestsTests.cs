using System.Net;
using KubeApi.Objects;
using Operator.Dns;
using Operator.Dns.Accounts;
using Operator.Dns.Names;
using Operator.Dns.Providers;
using TestSupport.Time;

namespace Operator.Tests.Dns.Accounts;

public sealed class JointRequestsTests
{
    private readonly ManualTime _time = new();
    private readonly HashSet<ObjectKey> _coming = [];
    private readonly JointRequests _requests;

    public JointRequestsTests() => _requests = new JointRequests(_coming.Contains, _time);

    [Fact]
    public void Who_comes_soon_is_waited_for_and_sends_for_all()
    {
        _coming.UnionWith([Key(1), Key(2)]);

        Assert.Equal(_time.GetUtcNow() + JointPlan.Patience, _requests.Gather(Wish(0)));
        Assert.NotNull(_requests.Gather(Wish(1)));
        Assert.Null(_requests.Gather(Wish(2)));

        Assert.Equal([Key(0), Key(1)], _requests.Take(Key(2), Wish(2)).Select(wish => wish.Who));
    }

    [Fact]
    public void Whose_pass_ends_without_a_wish_is_waited_for_no_longer_nor_once_more()
    {
        _coming.UnionWith([Key(1), Key(2)]);
        Assert.NotNull(_requests.Gather(Wish(0)));

        _requests.Rest(Key(1));
        Assert.Empty(_requests.TakeComplete());
        _requests.Withdraw(Key(2));

        Assert.Equal(Key(0), Assert.Single(_requests.TakeComplete()));
        Assert.Empty(_requests.TakeComplete());    // it is called once
        Assert.Null(_requests.Gather(Wish(0)));    // though both come once more
    }

    [Fact]
    public void When_the_one_that_was_called_wants_nothing_any_more_the_next_is_called()
    {
        _coming.UnionWith([Key(1), Key(2)]);
        Assert.NotNull(_requests.Gather(Wish(0)));
        Assert.NotNull(_requests.Gather(Wish(1)));
        _requests.Rest(Key(2));
        Assert.Equal(Key(0), Assert.Single(_requests.TakeComplete()));

        _requests.Withdraw(Key(0));

        Assert.Equal(Key(1), Assert.Single(_requests.TakeComplete()));
        Assert.Null(_requests.Gather(Wish(1)));
    }

    [Fact]
    public void Who_is_calling_the_service_is_not_waited_for()
    {
        _coming.Add(Key(1));
        _requests.Take(Key(1), null);
        Assert.Null(_requests.Gather(Wish(0)));

        _requests.End(Key(1));
        Assert.NotNull(_requests.Gather(Wish(0)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void After_an_answer_that_means_nobody_each_goes_alone_and_then_together_where_it_was_a_transaction(bool isTransaction)
    {
        _coming.Add(Key(1));
        Assert.NotNull(_requests.Gather(Wish(0)));
        Assert.Null(_requests.Gather(Wish(1)));
        var along = _requests.Take(Key(1), Wish(1));
        _requests.Deliver([.. along.Select(wish => new JointAnswer(wish, null))], isTransaction);

        Assert.False(_requests.MayShare(Key(0)));
        _requests.Clear(Key(0));    // the service took it alone
        Assert.Equal(isTransaction, _requests.MayShare(Key(0)));
    }

    private static ObjectKey Key(int i) => new("vpn", $"r{i}");

    private static NameWish Wish(int i) => new(
        Key(i), "account",
        new AddressChange(DomainName.Parse($"r{i}.example.com"), [IPAddress.Parse("192.0.2.1")], null, TimeSpan.FromMinutes(1)),
        AddressSet.Parse(["192.0.2.1"]), () => [Key(0), Key(1), Key(2)], 4);
}
