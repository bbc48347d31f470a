using System.Net;
using GatewayConfig.Limits;
using SstpGateway.Listening;
using SstpGateway.Metrics;

namespace SstpGateway.Tests.Listening;

public sealed class ConnectionLimiterTests
{
    private static readonly IPAddress Home = IPAddress.Parse("192.0.2.1");
    private static readonly IPAddress Office = IPAddress.Parse("192.0.2.2");

    private LimitsConfig limits = new() { ConnectionsPerSource = 2, PendingConnections = 3 };

    private ConnectionLimiter Limiter { get; }

    public ConnectionLimiterTests() => Limiter = new ConnectionLimiter(() => limits);

    [Fact]
    public void Refuses_one_source_more_than_its_share_and_still_takes_another()
    {
        using var first = Limiter.TryEnter(Home, out _);
        using var second = Limiter.TryEnter(Home, out _);

        Assert.Null(Limiter.TryEnter(Home, out var refusal));
        Assert.Equal(ConnectionRefusal.SourceLimit, refusal);
        using var other = Limiter.TryEnter(Office, out _);
        Assert.NotNull(other);
    }

    [Fact]
    public void Takes_no_more_connections_than_the_process_may_open_files_for()
    {
        var limiter = new ConnectionLimiter(() => limits, most: 2);
        using var call = limiter.TryEnter(Home, out _);
        call!.LoggedIn();
        using var second = limiter.TryEnter(Office, out _);

        Assert.Null(limiter.TryEnter(IPAddress.Parse("192.0.2.3"), out var refusal));
        Assert.Equal(ConnectionRefusal.DescriptorLimit, refusal);

        call.Dispose();
        using var next = limiter.TryEnter(IPAddress.Parse("192.0.2.3"), out _);
        Assert.NotNull(next);
    }

    [Fact]
    public void Counts_an_ipv6_network_of_64_bits_as_one_source()
    {
        using var first = Limiter.TryEnter(IPAddress.Parse("2001:db8::1"), out _);
        using var second = Limiter.TryEnter(IPAddress.Parse("2001:db8::2"), out _);

        Assert.Null(Limiter.TryEnter(IPAddress.Parse("2001:db8::3"), out _));
        using var neighbour = Limiter.TryEnter(IPAddress.Parse("2001:db8:0:1::1"), out _);
        Assert.NotNull(neighbour);
    }

    [Fact]
    public void Counts_an_ipv4_address_and_the_same_one_mapped_into_ipv6_as_one_source()
    {
        using var first = Limiter.TryEnter(Home, out _);
        using var second = Limiter.TryEnter(Home.MapToIPv6(), out _);

        Assert.Null(Limiter.TryEnter(Home, out _));
    }

    [Fact]
    public void Refuses_when_too_many_have_not_logged_in_and_takes_more_once_they_have()
    {
        limits = limits with { ConnectionsPerSource = 100 };
        var places = Enumerable.Range(0, 3).Select(_ => Limiter.TryEnter(Home, out var _)!).ToList();

        Assert.Null(Limiter.TryEnter(Office, out var refusal));
        Assert.Equal(ConnectionRefusal.PendingLimit, refusal);
        places[0].LoggedIn();
        using var next = Limiter.TryEnter(Office, out _);
        Assert.NotNull(next);

        places.ForEach(place => place.Dispose());
    }

    [Fact]
    public void A_place_is_given_back_once_however_often_it_is_disposed()
    {
        var first = Limiter.TryEnter(Home, out _)!;
        using var second = Limiter.TryEnter(Home, out _);
        first.LoggedIn();
        first.Dispose();
        first.Dispose();

        using var third = Limiter.TryEnter(Home, out _);
        Assert.NotNull(third);
        Assert.Null(Limiter.TryEnter(Home, out _));
        Assert.Equal(2, Limiter.Pending);
    }

    [Fact]
    public void Follows_a_change_of_the_limits()
    {
        using var first = Limiter.TryEnter(Home, out _);
        limits = limits with { ConnectionsPerSource = 1 };

        Assert.Null(Limiter.TryEnter(Home, out _));
    }
}
