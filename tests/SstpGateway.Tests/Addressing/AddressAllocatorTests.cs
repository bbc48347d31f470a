using System.Diagnostics;
using System.Net;
using GatewayConfig.Addressing;
using SstpGateway.Addressing;
using TestSupport.Time;

namespace SstpGateway.Tests.Addressing;

public class AddressAllocatorTests
{
    private static readonly TimeSpan Day = TimeSpan.FromHours(24);

    private readonly ManualTime _clock = new();

    [Fact]
    public void Gives_different_addresses_of_both_families_to_different_calls()
    {
        var allocator = Allocator(pools6: ["2001:db8::/60"]);
        var first = Lease(allocator, "alice");
        var second = Lease(allocator, "alice");

        Assert.Equal("10.0.0.2", first.Ipv4.ToString());
        Assert.Equal("10.0.0.3", second.Ipv4.ToString());
        Assert.Equal(IPNetwork.Parse("2001:db8:0:1::/64"), first.Ipv6);
        Assert.Equal(IPNetwork.Parse("2001:db8:0:2::/64"), second.Ipv6);
        Assert.Equal(new AddressUsage(2, 5, 2, 15), allocator.Usage);
    }

    [Fact]
    public void A_user_who_comes_back_gets_the_same_addresses()
    {
        var allocator = Allocator(pools6: ["2001:db8::/60"]);
        var alice = Lease(allocator, "alice");
        allocator.Release(Lease(allocator, "bob"));
        allocator.Release(alice);
        _clock.Advance(TimeSpan.FromHours(23));
        Lease(allocator, "carol");

        var again = Lease(allocator, "alice");

        Assert.Equal(alice.Ipv4, again.Ipv4);
        Assert.Equal(alice.Ipv6, again.Ipv6);
    }

    [Fact]
    public void An_address_is_free_for_others_once_it_was_kept_long_enough()
    {
        var allocator = Allocator("10.0.0.0/30");
        var alice = Lease(allocator, "alice");
        allocator.Release(alice);
        _clock.Advance(Day + TimeSpan.FromSeconds(1));

        Assert.Equal(alice.Ipv4, Lease(allocator, "bob").Ipv4);
    }

    [Fact]
    public void Takes_the_address_that_came_back_first_when_nothing_else_is_left()
    {
        var allocator = Allocator("10.0.0.0/29");
        var users = new[] { "a", "b", "c", "d", "e" };
        var leases = users.Select(user => Lease(allocator, user)).ToList();
        foreach (var index in new[] { 2, 0, 1, 4, 3 })
        {
            allocator.Release(leases[index]);
            _clock.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal(leases[2].Ipv4, Lease(allocator, "new").Ipv4);
        Assert.Equal(leases[1].Ipv4, Lease(allocator, "b").Ipv4);
        Assert.Equal(leases[0].Ipv4, Lease(allocator, "c").Ipv4);
    }

    [Fact]
    public void Refuses_a_call_when_the_pools_are_exhausted_and_serves_it_after_a_release()
    {
        var allocator = Allocator("10.0.0.0/30");
        var only = Lease(allocator, "alice");

        Assert.False(allocator.TryLease(new LeaseRequest("bob"), out var none, out var refusal));
        Assert.Null(none);
        Assert.Equal(LeaseRefusal.Ipv4PoolsExhausted, refusal);

        allocator.Release(only);
        Assert.Equal(only.Ipv4, Lease(allocator, "bob").Ipv4);
    }

    [Fact]
    public void An_exhausted_IPv6_pool_only_leaves_IPv6_out()
    {
        var allocator = Allocator(pools6: ["2001:db8::/63"]);
        Assert.NotNull(Lease(allocator, "alice").Ipv6);
        Assert.Null(Lease(allocator, "bob").Ipv6);
    }

    [Fact]
    public void Releasing_twice_does_not_take_the_address_from_the_next_one()
    {
        var allocator = Allocator("10.0.0.0/30");
        var first = Lease(allocator, "alice");
        allocator.Release(first);
        var second = Lease(allocator, "bob");
        allocator.Release(first);

        Assert.Same(second, allocator.FindHolder(second.Ipv4));
        Assert.False(allocator.TryLease(new LeaseRequest("carol"), out _, out _));
    }

    [Fact]
    public void A_static_address_is_given_to_its_user_and_to_nobody_else()
    {
        var allocator = Allocator("10.0.0.0/29");
        allocator.Reserve([IPAddress.Parse("10.0.0.2"), IPAddress.Parse("10.0.0.4")]);

        Assert.Equal(
            ["10.0.0.3", "10.0.0.5", "10.0.0.6"], new[] { "b", "c", "d" }.Select(user => Lease(allocator, user).Ipv4.ToString()));
        Assert.False(allocator.TryLease(new LeaseRequest("e"), out _, out _));
        var own = Lease(allocator, new LeaseRequest("alice", IPAddress.Parse("10.0.0.4"), IPNetwork.Parse("2001:db8:5::/64")));
        Assert.Equal("10.0.0.4", own.Ipv4.ToString());
        Assert.Equal(IPNetwork.Parse("2001:db8:5::/64"), own.Ipv6);
        Assert.Equal([IPNetwork.Parse("2001:db8:5::/64")], own.OutsidePools);

        allocator.Release(own);
        Assert.False(allocator.TryLease(new LeaseRequest("e"), out _, out _));
        allocator.Reserve([IPAddress.Parse("10.0.0.4")]);
        Assert.Equal("10.0.0.2", Lease(allocator, "e").Ipv4.ToString());
    }

    [Fact]
    public void A_static_address_that_is_in_use_is_refused_and_its_holder_named()
    {
        var allocator = Allocator("10.0.0.0/29", ["2001:db8::/60"]);
        var other = Lease(allocator, "bob");

        Assert.False(allocator.TryLease(new LeaseRequest("alice", other.Ipv4), out _, out var refusal));
        Assert.Equal(LeaseRefusal.StaticIpv4InUse, refusal);
        Assert.Same(other, allocator.FindHolder(other.Ipv4));

        Assert.False(allocator.TryLease(new LeaseRequest("alice", null, other.Ipv6), out _, out refusal));
        Assert.Equal(LeaseRefusal.StaticIpv6InUse, refusal);
        Assert.Equal(1, allocator.Usage.Leased4);
    }

    [Fact]
    public void The_gateways_own_addresses_are_nobodys_static_ones()
    {
        var allocator = Allocator("10.0.0.0/29", ["2001:db8::/60"]);
        Assert.False(allocator.TryLease(new LeaseRequest("alice", IPAddress.Parse("10.0.0.1")), out _, out _));
        Assert.False(allocator.TryLease(new LeaseRequest("alice", null, IPNetwork.Parse("2001:db8::/64")), out _, out _));
    }

    [Fact]
    public void A_static_address_outside_the_pools_needs_a_route_of_its_own()
    {
        var allocator = Allocator("10.0.0.0/29");
        var lease = Lease(allocator, new LeaseRequest("alice", IPAddress.Parse("192.0.2.9")));

        Assert.Equal([IPNetwork.Parse("192.0.2.9/32")], lease.OutsidePools);
        Assert.False(allocator.TryLease(new LeaseRequest("bob", IPAddress.Parse("192.0.2.9")), out _, out _));
        allocator.Release(lease);
        Assert.Empty(Lease(allocator, "alice").OutsidePools);
    }

    [Fact]
    public void Remembers_across_a_restart_also_who_was_connected_when_it_ended()
    {
        var memory = new RecordingMemory();
        var before = Allocator("10.0.0.0/29", ["2001:db8::/60"], memory: memory);
        Lease(before, "nobody");
        var alice = Lease(before, "alice");
        var bob = Lease(before, "bob");
        before.Release(bob);

        // Killed here, with alice connected; a day and more passes for her, but it was not she who left.
        _clock.Advance(TimeSpan.FromHours(23));
        var after = Allocator("10.0.0.0/29", ["2001:db8::/60"], memory.Last);

        var bobAgain = Lease(after, "bob");
        var aliceAgain = Lease(after, "alice");
        Assert.Equal((alice.Ipv4, alice.Ipv6), (aliceAgain.Ipv4, aliceAgain.Ipv6));
        Assert.Equal((bob.Ipv4, bob.Ipv6), (bobAgain.Ipv4, bobAgain.Ipv6));
    }

    [Fact]
    public void Does_not_take_over_records_that_are_too_old_or_outside_the_pools()
    {
        var allocator = Allocator("10.0.0.0/29", remembered:
        [
            new LeaseRecord(IPAddress.Parse("10.0.0.6"), "alice", _clock.GetUtcNow() - Day - TimeSpan.FromMinutes(1)),
            new LeaseRecord(IPAddress.Parse("10.0.1.5"), "alice", null),
            new LeaseRecord(IPAddress.Parse("10.0.0.1"), "alice", null),
            new LeaseRecord(IPAddress.Parse("fd00::"), "alice", null),
        ]);
        Assert.Equal("10.0.0.2", Lease(allocator, "alice").Ipv4.ToString());
    }

    [Fact]
    public void Calls_keep_their_addresses_when_the_pools_change()
    {
        var allocator = Allocator("10.0.0.0/29");
        var kept = Lease(allocator, "alice");
        var remembered = Lease(allocator, "bob");
        allocator.Release(remembered);

        allocator.Reconfigure(Plan("10.0.0.0/28"), Day);
        var others = Enumerable.Range(0, 11).Select(i => Lease(allocator, $"user{i}").Ipv4).ToList();
        Assert.DoesNotContain(kept.Ipv4, others);
        Assert.Equal(remembered.Ipv4, Lease(allocator, "bob").Ipv4);
        Assert.False(allocator.TryLease(new LeaseRequest("late"), out _, out _));

        allocator.Release(kept);
        Assert.Equal(kept.Ipv4, Lease(allocator, "late").Ipv4);
    }

    [Fact]
    public void A_lease_from_a_pool_that_is_no_more_is_released_without_harm()
    {
        var allocator = Allocator("10.0.0.0/29");
        var old = Lease(allocator, "alice");
        allocator.Reconfigure(Plan("10.9.0.0/29"), Day);

        allocator.Release(old);

        Assert.Equal(0, allocator.Usage.Leased4);
        Assert.StartsWith("10.9.0.", Lease(allocator, "alice").Ipv4.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Never_gives_one_address_to_two_calls_whatever_comes_and_goes()
    {
        var random = new Random(2131);
        var allocator = Allocator("10.0.0.0/27", ["2001:db8::/59"]);
        var held = new List<AddressLease>();
        for (var step = 0; step < 20_000; step++)
        {
            _clock.Advance(TimeSpan.FromMinutes(random.Next(60)));
            var request = new LeaseRequest(
                $"user{random.Next(40)}", random.Next(10) == 0 ? new IPAddress([10, 0, 0, (byte)random.Next(40)]) : null);
            if (random.Next(2) == 0 && allocator.TryLease(request, out var lease, out _)) held.Add(lease!);
            else if (held.Count > 0)
            {
                var index = random.Next(held.Count);
                allocator.Release(held[index]);
                held.RemoveAt(index);
            }

            Assert.Equal(held.Count, held.Select(one => one.Ipv4).Distinct().Count());
            Assert.Equal(
                held.Count(one => one.Ipv6 is not null),
                held.Where(one => one.Ipv6 is not null).Select(one => one.Ipv6).Distinct().Count());
        }
    }

    [Fact]
    public void Takes_about_as_long_in_a_pool_of_a_million_as_in_a_small_one()
    {
        var allocator = Allocator("10.0.0.0/12");
        for (var i = 0; i < 200_000; i++) Lease(allocator, "user" + (i % 100_000));

        // 20,000 leases and releases; a search through a million entries each would take minutes.
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < 20_000; i++) allocator.Release(Lease(allocator, "guest" + i));
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(10));
    }

    private static AddressPlan Plan(string pool4, string[]? pools6 = null) =>
        new(new AddressingConfig { Pools4 = [pool4], Pools6 = pools6 ?? [] });

    private AddressAllocator Allocator(
        string pool4 = "10.0.0.0/29", string[]? pools6 = null,
        IEnumerable<LeaseRecord>? remembered = null, ILeaseMemory? memory = null) =>
        new(Plan(pool4, pools6), Day, _clock, remembered ?? [], memory);

    private static AddressLease Lease(AddressAllocator allocator, string user) => Lease(allocator, new LeaseRequest(user));

    private static AddressLease Lease(AddressAllocator allocator, LeaseRequest request)
    {
        Assert.True(allocator.TryLease(request, out var lease, out var refusal), refusal.ToString());
        return lease!;
    }
}
