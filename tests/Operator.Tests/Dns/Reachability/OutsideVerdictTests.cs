using System.Net;
using GatewayConfig.Channel;
using Operator.Dns;
using Operator.Dns.Reachability;
using Operator.Dns.Vantages;
using Operator.Resources;

namespace Operator.Tests.Dns.Reachability;

public sealed class OutsideVerdictTests
{
    private const string Name = "vpn.example.com";
    private static readonly IPAddress One = IPAddress.Parse("203.0.113.1");
    private static readonly IPAddress Two = IPAddress.Parse("203.0.113.2");

    [Fact]
    public void One_point_that_reaches_it_is_enough_and_is_named()
    {
        var verdict = Judge([Missed("gateway b", One), Reached("gateway c", One)]);

        Assert.Equal((ConditionStatus.True, "Reached"), (verdict.Status, verdict.Reason));
        Assert.Equal("Reached on TCP port 443 from gateway c.", verdict.Message);
    }

    [Fact]
    public void An_address_that_nobody_reaches_is_named_with_what_each_saw_and_what_to_look_at()
    {
        var verdict = Judge([Missed("gateway b", One), Silent("gateway c", One)]);

        Assert.Equal((ConditionStatus.False, "NotReachable"), (verdict.Status, verdict.Reason));
        Assert.Equal(
            "TCP port 443 is not reached at 203.0.113.1 (from gateway b: Connection timed out). "
            + "Does the router forward the port, does a firewall let it in, is the gateway up?",
            verdict.Message);
    }

    [Fact]
    public void One_of_two_addresses_is_a_part()
    {
        var verdict = Judge([Reached("gateway b", One), Missed("gateway b", Two)]);

        Assert.Equal((ConditionStatus.False, "PartlyReachable"), (verdict.Status, verdict.Reason));
        Assert.Contains("203.0.113.2", verdict.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("203.0.113.1 ", verdict.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void When_nobody_can_be_asked_nothing_is_known()
    {
        var verdict = Judge([Silent("gateway b", One), Silent("operator https://peer", One)]);

        Assert.Equal((ConditionStatus.Unknown, "NobodyLooks"), (verdict.Status, verdict.Reason));
        Assert.Contains("gateway b: no answer in time", verdict.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_certificate_for_another_name_is_said_but_the_port_does_answer()
    {
        var stranger = new Testimony(
            new ProbeResult
            {
                IsReachable = true, Address = One.ToString(), Certificate = new ServedCertificate { Names = ["fritz.box"] },
            },
            null);
        var verdict = Judge([OutsideLook.From("gateway b", Name, One, stranger)]);

        Assert.Equal((ConditionStatus.True, "AnotherAnswers"), (verdict.Status, verdict.Reason));
        Assert.Contains("fritz.box", verdict.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("vpn.example.com", true)]
    [InlineData("VPN.example.com", true)]
    [InlineData("*.example.com", true)]
    [InlineData("*.com", false)]
    [InlineData("example.com", false)]
    public void Certificates_cover_names_as_clients_see_it(string covered, bool isOurs)
    {
        var look = OutsideLook.From("p", Name, One, new Testimony(
            new ProbeResult { Address = One.ToString(), Certificate = new ServedCertificate { Names = [covered] } }, null));

        Assert.Equal((true, isOurs), (look.IsReached, look.Stranger is null));
    }

    [Fact]
    public void A_name_that_leads_elsewhere_out_there_counts_once_old_answers_have_run_out()
    {
        NameLook[] names =
        [
            new NameLook("gateway b", AddressSet.Parse(["198.51.100.9"])), new NameLook("gateway c", AddressSet.Empty),
        ];

        Assert.Equal("Reached", Judge([Reached("gateway b", One)], names, TimeSpan.FromSeconds(110)).Reason);
        var late = Judge([Reached("gateway b", One)], names, TimeSpan.FromSeconds(130));

        Assert.Equal((ConditionStatus.False, "NameLeadsElsewhere"), (late.Status, late.Reason));
        Assert.Contains("gateway b to 198.51.100.9", late.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Bad_news_is_believed_when_two_rounds_agree_and_good_news_at_once()
    {
        var bad = Judge([Missed("gateway b", One)]);
        var good = Judge([Reached("gateway b", One)]);
        var state = ReachabilityState.Unknown.See(good);

        state = state.See(bad);
        Assert.Equal(("Reached", true), (state.Believed.Reason, state.IsInDoubt));
        state = state.See(good).See(bad);
        Assert.Equal("Reached", state.Believed.Reason);
        state = state.See(bad);
        Assert.Equal(("NotReachable", false), (state.Believed.Reason, state.IsInDoubt));
        Assert.Equal("Reached", state.See(good).Believed.Reason);
    }

    private static OutsideVerdict Judge(OutsideLook[] looks, NameLook[]? names = null, TimeSpan? age = null) =>
        OutsideVerdict.Of(
            new OutsideRound(new AddressSet(looks.Select(look => look.Address)), 443, [.. looks], [.. names ?? []]), Name,
            age ?? TimeSpan.Zero, TimeSpan.FromSeconds(60));

    private static OutsideLook Reached(string point, IPAddress address) => new(point, address, true, null, null);

    private static OutsideLook Missed(string point, IPAddress address) =>
        new(point, address, false, "Connection timed out", null);

    private static OutsideLook Silent(string point, IPAddress address) => new(point, address, null, "no answer in time", null);
}
