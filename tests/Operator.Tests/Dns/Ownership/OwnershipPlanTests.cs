using Operator.Dns.Names;
using Operator.Dns.Ownership;

namespace Operator.Tests.Dns.Ownership;

/// <summary>Every row of the table in <see cref="OwnershipPlan"/>, and both values of what a row calls "any".</summary>
public sealed class OwnershipPlanTests
{
    private static readonly string Ours = OwnerMark.ValueFor("vpn", "office", "uid-1");
    private static readonly string Another = OwnerMark.ValueFor("vpn", "branch", "uid-2");

    [Theory]
    [InlineData("ours", false, false, "Ours")]
    [InlineData("ours", true, false, "Ours")]
    [InlineData("ours", true, true, "Ours")]
    [InlineData("none", false, false, "Free")]
    [InlineData("none", false, true, "Free")]
    [InlineData("none", true, false, "ForeignRecord")]
    [InlineData("none", true, true, "TakeOver")]
    [InlineData("another", false, false, "OwnedByAnother")]
    [InlineData("another", true, false, "OwnedByAnother")]
    [InlineData("another", true, true, "TakeOver")]
    [InlineData("another", false, true, "TakeOver")]
    [InlineData("foreign text", false, false, "Free")]
    [InlineData("foreign text", true, false, "ForeignRecord")]
    [InlineData("foreign text", true, true, "TakeOver")]
    public void The_table_holds(string mark, bool hasAddresses, bool adopt, string expected)
    {
        string[] marks =
            mark switch { "ours" => [Another + "x", Ours], "none" => [], "another" => [Another], _ => ["v=spf1 -all"] };

        var verdict = OwnershipPlan.Decide(marks, Ours, hasAddresses, adopt);

        Assert.Equal(expected, verdict is OwnershipVerdict.Refused refused ? refused.Reason : verdict.GetType().Name);
    }

    [Fact]
    public void A_refusal_names_the_owner_and_a_successor_of_the_same_name_is_another()
    {
        var successor = OwnerMark.ValueFor("vpn", "office", "uid-9");

        var refused = Assert.IsType<OwnershipVerdict.Refused>(OwnershipPlan.Decide([Ours], successor, true, false));

        Assert.Contains("vpn/office", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("vpn.example.com", "_sstp-owner.vpn.example.com")]
    [InlineData("*.example.com", "_sstp-owner-wildcard.example.com")]
    public void A_mark_stands_beside_its_name(string name, string place)
    {
        Assert.Equal(place, OwnerMark.PlaceFor(DomainName.Parse(name))?.Text);
    }

    [Fact]
    public void A_name_without_room_for_a_mark_has_no_place_for_one()
    {
        var longest = DomainName.Parse(string.Join('.', Enumerable.Repeat(new string('a', 49), 5)) + ".exa");

        Assert.Null(OwnerMark.PlaceFor(longest));
    }
}
