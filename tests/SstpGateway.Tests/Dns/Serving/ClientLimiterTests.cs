using System.Net;
using SstpGateway.Dns.Serving;

namespace SstpGateway.Tests.Dns.Serving;

public sealed class ClientLimiterTests
{
    private static readonly IPAddress One = IPAddress.Parse("10.254.0.2");
    private static readonly IPAddress Other = IPAddress.Parse("10.254.0.3");

    private readonly ClientLimiter _limiter = new(total: 3);

    [Fact]
    public void A_client_gets_what_it_may_have_and_again_what_it_gave_back()
    {
        Assert.True(_limiter.TryEnter(One, 2));
        Assert.True(_limiter.TryEnter(One, 2));
        Assert.False(_limiter.TryEnter(One, 2));
        Assert.True(_limiter.TryEnter(Other, 2));

        _limiter.Leave(One);
        Assert.True(_limiter.TryEnter(One, 2));
    }

    [Fact]
    public void All_together_have_a_limit_too()
    {
        foreach (var last in (int[])[2, 3, 4]) Assert.True(_limiter.TryEnter(IPAddress.Parse($"10.254.0.{last}"), 2));

        Assert.False(_limiter.TryEnter(IPAddress.Parse("10.254.0.5"), 2));
    }

    [Fact]
    public void The_addresses_of_one_ipv6_network_are_one_client()
    {
        Assert.True(_limiter.TryEnter(IPAddress.Parse("2001:db8:0:1::1"), 1));

        Assert.False(_limiter.TryEnter(IPAddress.Parse("2001:db8:0:1:ffff::2"), 1));
        Assert.True(_limiter.TryEnter(IPAddress.Parse("2001:db8:0:2::1"), 1));
    }
}
