using Operator.Dns.Names;

namespace Operator.Tests.Dns.Names;

public sealed class DomainNameTests
{
    [Theory]
    [InlineData("VPN.Example.COM.", "vpn.example.com")]
    [InlineData("*.example.com", "*.example.com")]
    [InlineData("_acme-challenge.vpn.example.com", "_acme-challenge.vpn.example.com")]
    [InlineData("bücher.example", "xn--bcher-kva.example")]
    [InlineData("localhost", "localhost")]
    public void Names_are_kept_as_they_stand_in_the_zone(string written, string kept)
    {
        Assert.Equal(kept, DomainName.Parse(written).Text);
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("a..b")]
    [InlineData("-a.example")]
    [InlineData("a-.example")]
    [InlineData("a b.example")]
    [InlineData("a.*.example")]
    [InlineData("a\\046b.example")]
    [InlineData("1234567890123456789012345678901234567890123456789012345678901234.example")]
    public void What_no_zone_would_take_is_no_name(string written)
    {
        Assert.False(DomainName.TryParse(written, out _));
    }

    [Fact]
    public void A_name_may_have_253_characters_and_no_more()
    {
        var label = new string('a', 49);
        var longest = string.Join('.', label, label, label, label, label) + ".exa";

        Assert.Equal(253, longest.Length);
        Assert.True(DomainName.TryParse(longest, out var name));
        Assert.Null(name.Prepend("b"));
    }

    [Fact]
    public void Climbing_ends_above_the_top_level()
    {
        var name = DomainName.Parse("a.b.c");

        Assert.Equal("b.c", name.Parent?.Text);
        Assert.Equal("c", name.Parent?.Parent?.Text);
        Assert.Null(name.Parent?.Parent?.Parent);
    }

    [Theory]
    [InlineData("vpn.example.com", "example.com", true)]
    [InlineData("example.com", "example.com", true)]
    [InlineData("notexample.com", "example.com", false)]
    public void A_suffix_counts_only_at_a_dot(string name, string zone, bool within)
    {
        Assert.Equal(within, DomainName.Parse(name).IsWithin(DomainName.Parse(zone)));
    }

    [Theory]
    [InlineData("a.vpn.example.com", "a.vpn")]
    [InlineData("example.com", "")]
    public void A_name_is_written_relative_to_its_zone(string name, string relative)
    {
        Assert.Equal(relative, DomainName.Parse(name).RelativeTo(DomainName.Parse("example.com")));
    }
}
