using System.Net;
using SstpGateway.Listening;

namespace SstpGateway.Tests.Listening;

public sealed class AllowedSourcesTests
{
    [Fact]
    public void Without_ranges_everyone_may_come() =>
        Assert.True(new AllowedSources([]).Contains(IPAddress.Parse("203.0.113.9")));

    [Theory]
    [InlineData("192.0.2.77", true)]
    [InlineData("192.0.3.1", false)]
    [InlineData("::ffff:192.0.2.77", true)]
    [InlineData("2001:db8::1", true)]
    [InlineData("2001:db9::1", false)]
    public void With_ranges_only_their_addresses_may(string source, bool allowed) =>
        Assert.Equal(allowed, new AllowedSources(["192.0.2.0/24", "2001:db8::/32"]).Contains(IPAddress.Parse(source)));
}
