using Operator.Dns;
using Operator.Dns.Verifying;

namespace Operator.Tests.Dns.Verifying;

public sealed class VerificationTests
{
    private static readonly AddressSet Right = AddressSet.Parse(["203.0.113.1", "2001:db8::1"]);
    private static readonly AddressSet Wrong = AddressSet.Parse(["203.0.113.9"]);
    private static readonly TimeSpan Refresh = TimeSpan.FromMinutes(10);

    [Fact]
    public void All_servers_that_answer_agree_whatever_the_order_and_silent_ones_are_named()
    {
        var verdict = Verification.Judge(
            [Says("ns1", AddressSet.Parse(["2001:db8::1", "203.0.113.1"])), Says("ns2", null, "no answer")],
            Right, TimeSpan.FromHours(1), Refresh);

        Assert.Equal(["ns2"], Assert.IsType<VerificationVerdict.Agreed>(verdict).Silent.ToArray());
    }

    [Theory]
    [InlineData(30, "Propagating")]
    [InlineData(1199, "Propagating")]
    [InlineData(1200, "Stale")]
    public void One_server_behind_is_propagation_for_twice_the_refresh_and_then_named(int seconds, string expected)
    {
        var verdict = Verification.Judge([Says("ns1", Right), Says("ns2", Wrong)], Right, TimeSpan.FromSeconds(seconds), Refresh);

        Assert.Equal(expected, verdict.GetType().Name);
        Assert.Equal(["ns2"], verdict is VerificationVerdict.Stale stale
            ? stale.Servers.ToArray()
            : ((VerificationVerdict.Propagating)verdict).Behind.ToArray());
    }

    [Theory]
    [InlineData(30, "Propagating")]
    [InlineData(61, "Drifted")]
    public void When_no_server_has_it_somebody_changed_it(int seconds, string expected)
    {
        var verdict = Verification.Judge([Says("ns1", Wrong), Says("ns2", Wrong)], Right, TimeSpan.FromSeconds(seconds), Refresh);

        Assert.Equal(expected, verdict.GetType().Name);
    }

    [Fact]
    public void What_public_resolvers_say_decides_nothing()
    {
        var resolver = new ServerFinding("9.9.9.9", IsAuthoritative: false, Wrong, null);

        Assert.IsType<VerificationVerdict.Agreed>(
            Verification.Judge([Says("ns1", Right), resolver], Right, TimeSpan.FromHours(1), Refresh));
        Assert.IsType<VerificationVerdict.Unknown>(Verification.Judge([resolver], Right, TimeSpan.FromHours(1), Refresh));
    }

    [Fact]
    public void Three_repairs_in_an_hour_mean_that_somebody_else_writes()
    {
        var start = DateTimeOffset.FromUnixTimeSeconds(1_800_000_000);
        var budget = RepairBudget.Full.Spend(start).Spend(start + TimeSpan.FromMinutes(10))
            .Spend(start + TimeSpan.FromMinutes(20));

        Assert.True(budget.IsContended(start + TimeSpan.FromMinutes(30)));
        Assert.False(budget.IsContended(start + TimeSpan.FromMinutes(61)));
    }

    private static ServerFinding Says(string server, AddressSet? addresses, string? problem = null) =>
        new(server, true, addresses, problem);
}
