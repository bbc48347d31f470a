using System.Net;
using KubeApi.Objects;
using Operator.Dns;
using Operator.Dns.Accounts;
using Operator.Dns.Names;
using Operator.Dns.Providers;

namespace Operator.Tests.Dns.Accounts;

public sealed class JointPlanTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UnixEpoch;

    [Fact]
    public void Who_wants_the_same_for_another_name_goes_along_the_oldest_first_as_many_as_the_service_takes()
    {
        var first = Wish(0);

        Assert.Equal(
            ["r1", "r2", "r3"],
            JointPlan.Along(first, [.. Enumerable.Range(0, 9).Select(i => Wish(i))]).Select(wish => wish.Who.Name));
    }

    [Theory]
    [InlineData("192.0.2.2", null, "account", 60)]
    [InlineData("192.0.2.1", "2001:db8::1", "account", 60)]
    [InlineData("192.0.2.1", null, "another", 60)]
    [InlineData("192.0.2.1", null, "account", 120)]
    public void Who_wants_anything_else_does_not(string v4, string? v6, string subject, int timeToLive)
    {
        Assert.Empty(JointPlan.Along(Wish(0), [Wish(1, v4, v6, subject, timeToLive)]));
    }

    [Fact]
    public void A_name_is_in_a_request_once()
    {
        Assert.Single(JointPlan.Along(
            Wish(0),
            [Wish(0) with { Who = new ObjectKey("other", "r0") }, Wish(1), Wish(1) with { Who = new ObjectKey("other", "r1") }]));
    }

    [Theory]
    [InlineData(1, 0, 1, true)]     // nobody else comes
    [InlineData(1, 1, 1, false)]
    [InlineData(4, 1, 1, true)]     // no more are taken
    [InlineData(1, 1, 0, true)]     // long enough
    public void A_request_goes_when_it_is_full_nobody_else_comes_or_it_has_waited(
        int together, int expected, int seconds, bool goes)
    {
        Assert.Equal(goes, JointPlan.IsComplete(
            together, 4, [.. Enumerable.Range(0, expected).Select(i => new ObjectKey("vpn", $"{i}"))],
            Now.AddSeconds(seconds), Now));
    }

    private static NameWish Wish(
        int i, string v4 = "192.0.2.1", string? v6 = null, string subject = "account", int timeToLive = 60) =>
        new(
            new ObjectKey("vpn", $"r{i}"), subject,
            new AddressChange(
                DomainName.Parse($"r{i}.example.com"), [IPAddress.Parse(v4)],
                v6 is null ? null : [IPAddress.Parse(v6)], TimeSpan.FromSeconds(timeToLive)),
            AddressSet.Parse([v4]), () => [], 4);
}
