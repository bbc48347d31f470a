using System.Globalization;
using System.Net;
using GatewayConfig.Authentication;
using SstpGateway.Authentication.Throttling;
using SstpProtocol;

namespace SstpGateway.Tests.Authentication.Throttling;

public class LockoutTests
{
    private static readonly IPAddress s_home = IPAddress.Parse("192.0.2.1");
    private static readonly IPAddress s_cafe = IPAddress.Parse("198.51.100.7");

    private readonly LockoutConfig _config = new();
    private readonly Lockout _lockout;
    private MonotonicTime _now = new(5_000);

    public LockoutTests() => _lockout = new Lockout(_config);

    [Fact]
    public void Judges_the_first_five_tries_and_then_has_the_user_wait_ten_seconds()
    {
        for (var i = 0; i < 5; i++)
        {
            Assert.Null(Begin("alice", s_home));
            Fail("alice", s_home);
        }

        Assert.Equal(TimeSpan.FromSeconds(10), Begin("alice", s_home));
        Advance(9.999);
        Assert.Equal(TimeSpan.FromMilliseconds(1), Begin("alice", s_home));
        Advance(0.001);
        Assert.Null(Begin("alice", s_home));
    }

    [Fact]
    public void Doubles_the_wait_with_each_further_failure_up_to_the_maximum()
    {
        Fail("alice", s_home, times: 4);
        var waits = new List<double>();
        for (var i = 0; i < 9; i++)
        {
            Fail("alice", s_home);
            var wait = Begin("alice", s_home)!.Value;
            waits.Add(wait.TotalSeconds);
            Advance(wait.TotalSeconds);
            Assert.Null(Begin("alice", s_home));
        }

        Assert.Equal([10, 20, 40, 80, 160, 320, 640, 900, 900], waits);
    }

    [Fact]
    public void Lets_one_try_at_a_time_through_beyond_the_limit()
    {
        Fail("alice", s_home, times: 5);
        Advance(10);

        Assert.Null(Begin("alice", s_home));

        Assert.Equal(TimeSpan.FromSeconds(10), Begin("alice", s_home));
    }

    [Fact]
    public void Does_not_hold_back_the_user_elsewhere_nor_others_there()
    {
        Fail("alice", s_home, times: 10);

        Assert.Null(Begin("alice", s_cafe));
        Assert.Null(Begin("bob", s_home));
    }

    [Fact]
    public void Holds_back_a_source_that_fails_under_many_names()
    {
        for (var i = 0; i < 20; i++)
        {
            Assert.Null(Begin($"user{i}", s_home));
            Fail($"user{i}", s_home);
        }

        Assert.Equal(TimeSpan.FromSeconds(10), Begin("alice", s_home));
        Assert.Null(Begin("alice", s_cafe));
    }

    [Fact]
    public void Does_not_hold_back_who_has_logged_in_from_there_before_for_what_others_do()
    {
        Succeed("alice", s_home);
        for (var i = 0; i < 30; i++) Fail($"user{i}", s_home);

        Assert.Null(Begin("alice", s_home));
        Assert.NotNull(Begin("bob", s_home));
    }

    [Fact]
    public void Does_not_let_one_s_own_account_open_the_door_to_those_of_others()
    {
        Succeed("insider", s_home);
        for (var i = 0; i < 20; i++) Fail($"user{i}", s_home);

        Assert.Null(Begin("insider", s_home));
        Succeed("insider", s_home);

        Assert.NotNull(Begin("alice", s_home));
    }

    [Fact]
    public void Lets_the_next_user_through_after_one_has_shown_that_the_source_is_not_all_bad()
    {
        for (var i = 0; i < 20; i++) Fail($"user{i}", s_home);
        Advance(10);
        Assert.Null(Begin("alice", s_home));
        Assert.NotNull(Begin("bob", s_home));

        Succeed("alice", s_home);

        Assert.Null(Begin("bob", s_home));
    }

    [Fact]
    public void Forgets_a_user_s_failures_after_success()
    {
        Fail("alice", s_home, times: 4);
        Succeed("alice", s_home);
        Fail("alice", s_home, times: 4);

        Assert.Null(Begin("alice", s_home));
    }

    [Fact]
    public void Holds_back_even_who_is_known_when_the_own_password_is_wrong()
    {
        Succeed("alice", s_home);
        Fail("alice", s_home, times: 5);

        Assert.NotNull(Begin("alice", s_home));
    }

    [Fact]
    public void Forgives_a_failure_every_fifteen_minutes()
    {
        Fail("alice", s_home, times: 5);
        Advance(15 * 60);

        Assert.Null(Begin("alice", s_home));
        Fail("alice", s_home);
        Assert.Equal(TimeSpan.FromSeconds(10), Begin("alice", s_home));
    }

    [Fact]
    public void Starts_afresh_after_hours_of_peace()
    {
        Fail("alice", s_home, times: 12);
        Advance(12 * 15 * 60);

        Fail("alice", s_home, times: 4);

        Assert.Null(Begin("alice", s_home));
    }

    [Theory]
    [InlineData("2001:db8::1", "2001:db8::ffff:1", true)]
    [InlineData("2001:db8::1", "2001:db8:0:1::1", false)]
    [InlineData("192.0.2.1", "::ffff:192.0.2.1", true)]
    [InlineData("192.0.2.1", "192.0.2.2", false)]
    public void Counts_an_IPv6_subnet_as_one_source(string first, string second, bool same)
    {
        for (var i = 0; i < 20; i++) Fail($"user{i}", IPAddress.Parse(first));

        Assert.Equal(same, Begin("alice", IPAddress.Parse(second)) is not null);
    }

    [Fact]
    public void Follows_a_change_of_the_limits()
    {
        Fail("alice", s_home, times: 2);
        _lockout.Config = _config with { FailuresPerUserAndSource = 2, InitialWait = TimeSpan.FromSeconds(1) };
        Fail("alice", s_home);

        Assert.Equal(TimeSpan.FromSeconds(2), Begin("alice", s_home));
    }

    [Fact]
    public void Holds_no_more_than_its_capacity_however_many_names_and_sources_come()
    {
        for (var i = 0; i < Lockout.Capacity + 5_000; i++)
        {
            var source = new IPAddress((uint)i);
            Fail($"user{i}", source);
            Succeed($"other{i}", source);
        }

        Assert.Equal((Lockout.Capacity, Lockout.Capacity, Lockout.Capacity), _lockout.Counts);
    }

    [Fact]
    public void Forgets_first_who_failed_longest_ago()
    {
        Fail("alice", s_home, times: 5);
        for (var i = 0; i < Lockout.Capacity - 2; i++) Fail("x", new IPAddress((uint)i + 1));
        Fail("alice", s_home);
        for (var i = 0; i < 100; i++) Fail("y", new IPAddress((uint)i + 1));

        Assert.NotNull(Begin("alice", s_home));
    }

    [Fact]
    public void Takes_names_of_any_length()
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"{new string('ä', 10_000)}");
        Fail(name, s_home, times: 5);

        Assert.NotNull(Begin(name, s_home));
        Assert.Null(Begin(name + "x", s_home));
    }

    private void Advance(double seconds) => _now += TimeSpan.FromSeconds(seconds);

    private TimeSpan? Begin(string user, IPAddress source) => _lockout.Begin(user, source, _now);

    private void Succeed(string user, IPAddress source) => _lockout.Succeed(user, source, _now);

    private void Fail(string user, IPAddress source, int times = 1)
    {
        for (var i = 0; i < times; i++) _lockout.Fail(user, source, _now);
    }
}
