using System.Net;
using System.Net.Sockets;
using SstpProtocol.Ip;

namespace SstpGateway.Addressing;

/// <summary>Gives each call its IPv4 address and /64, never one to two calls,
/// and the same ones to a user who comes back.</summary>
/// <remarks>Safe for use from several threads. The time a lease takes does not depend on the size of the pools.</remarks>
public sealed class AddressAllocator
{
    private readonly Lock _lock = new();
    private readonly TimeProvider _clock;
    private readonly ILeaseMemory? _memory;
    private readonly Dictionary<IPAddress, AddressLease> _holders = [];
    private LeasePool _pool4;
    private LeasePool _pool6;
    private IReadOnlyCollection<IPAddress> _reserved = [];

    /// <param name="keepFor">How long a returned address is kept for its user.</param>
    /// <param name="remembered">What an earlier process wrote, in any order; addresses outside the pools are passed over.</param>
    /// <param name="memory">Told of every change; null keeps leases in memory only.</param>
    public AddressAllocator(
        AddressPlan plan, TimeSpan keepFor, TimeProvider clock, IEnumerable<LeaseRecord> remembered, ILeaseMemory? memory)
    {
        _clock = clock;
        _memory = memory;
        Plan = plan;
        _pool4 = new LeasePool(plan.Clients4, keepFor);
        _pool6 = new LeasePool(plan.Clients6, keepFor);

        // Whoever was connected when the record ends has had the address until now.
        var now = clock.GetUtcNow();
        foreach (var record in remembered.OrderBy(record => record.Until ?? now))
        {
            if (record.Until is { } until && until + keepFor < now) continue;
            if (TryFindSlot(record.Address, out var pool, out var slot)) pool.Remember(slot, record.User, record.Until ?? now);
        }
    }

    public AddressPlan Plan { get; private set; }

    public AddressUsage Usage
    {
        get
        {
            lock (_lock) return new AddressUsage(_pool4.Leased, _pool4.Ranges.Count, _pool6.Leased, _pool6.Ranges.Count);
        }
    }

    /// <param name="lease">The call's addresses; null when refused.</param>
    /// <returns>False when the call cannot have an IPv4 address, or not its own;
    /// an exhausted IPv6 pool only leaves IPv6 out.</returns>
    public bool TryLease(LeaseRequest request, out AddressLease? lease, out LeaseRefusal refusal)
    {
        lock (_lock)
        {
            lease = null;
            var now = _clock.GetUtcNow();
            if (request.StaticIpv4 is { } own4 && IsTaken(own4)) return Refuse(LeaseRefusal.StaticIpv4InUse, out refusal);
            if (request.StaticIpv6 is { } own6 && IsTaken(own6.BaseAddress))
                return Refuse(LeaseRefusal.StaticIpv6InUse, out refusal);

            var address4 = request.StaticIpv4 ?? TakeAny(_pool4, request.UserName, now);
            if (address4 is null) return Refuse(LeaseRefusal.Ipv4PoolsExhausted, out refusal);

            var address6 = request.StaticIpv6?.BaseAddress ?? TakeAny(_pool6, request.UserName, now);
            lease = new AddressLease(request.UserName, address4, address6 is null ? null : new IPNetwork(address6, 64))
            {
                OutsidePools = [.. Outside(address4), .. Outside(address6)],
            };
            Hold(lease, request);
            refusal = LeaseRefusal.None;
            return true;
        }
    }

    /// <summary>Takes a call's addresses back; doing so again changes nothing.</summary>
    public void Release(AddressLease lease)
    {
        lock (_lock)
        {
            if (lease.IsReleased) return;

            lease.IsReleased = true;
            var now = _clock.GetUtcNow();
            Return(lease.Ipv4, lease, now);
            if (lease.Ipv6 is { } prefix) Return(prefix.BaseAddress, lease, now);
        }
    }

    /// <summary>The lease an address (or the first address of a /64) belongs to now; null when it is free.</summary>
    public AddressLease? FindHolder(IPAddress address)
    {
        lock (_lock) return _holders.GetValueOrDefault(address);
    }

    /// <summary>Names the static addresses of all users (of a /64 its first address), which then go to nobody else.
    /// Replaces the earlier ones.</summary>
    public void Reserve(IReadOnlyCollection<IPAddress> addresses)
    {
        lock (_lock)
        {
            foreach (var address in _reserved.Except(addresses).ToList())
                if (TryFindSlot(address, out var pool, out var slot)) pool.Unreserve(slot);
            foreach (var address in addresses)
                if (TryFindSlot(address, out var pool, out var slot)) pool.Reserve(slot);
            _reserved = addresses;
        }
    }

    /// <summary>Takes over other pools. Calls keep what they have, also where no pool holds it any more.</summary>
    public void Reconfigure(AddressPlan plan, TimeSpan keepFor)
    {
        lock (_lock)
        {
            var remembered = Records(_pool4).Concat(Records(_pool6)).ToList();
            Plan = plan;
            _pool4 = new LeasePool(plan.Clients4, keepFor);
            _pool6 = new LeasePool(plan.Clients6, keepFor);
            foreach (var (address, lease) in _holders)
                if (TryFindSlot(address, out var pool, out var slot)) pool.TryTake(slot, lease.UserName);
            foreach (var address in _reserved)
                if (TryFindSlot(address, out var pool, out var slot)) pool.Reserve(slot);
            foreach (var record in remembered)
                if (TryFindSlot(record.Address, out var pool, out var slot))
                    pool.Remember(slot, record.User, record.Until!.Value);
        }
    }

    private static bool Refuse(LeaseRefusal reason, out LeaseRefusal refusal)
    {
        refusal = reason;
        return false;
    }

    private bool IsTaken(IPAddress address) =>
        _holders.ContainsKey(address) || address.Equals(Plan.Gateway4) || address.Equals(Plan.GatewayPrefix6?.BaseAddress);

    private static IPAddress AddressOf(LeasePool pool, LeasePool pool4, int slot) =>
        pool == pool4 ? IpNumber.ToIpv4((uint)pool.Ranges.NumberOf(slot)) : IpNumber.ToIpv6(pool.Ranges.NumberOf(slot));

    private IEnumerable<LeaseRecord> Records(LeasePool pool) =>
        pool.Remembered().Select(kept => new LeaseRecord(AddressOf(pool, _pool4, kept.Slot), kept.User, kept.ReturnedAt));

    private IPAddress? TakeAny(LeasePool pool, string user, DateTimeOffset now) =>
        pool.TryTakeAny(user, now, out var slot) ? AddressOf(pool, _pool4, slot) : null;

    private IEnumerable<IPNetwork> Outside(IPAddress? address)
    {
        if (address is not null && !Plan.Contains(address))
            yield return new IPNetwork(address, address.AddressFamily == AddressFamily.InterNetwork ? 32 : 64);
    }

    private void Hold(AddressLease lease, LeaseRequest request)
    {
        Hold(lease.Ipv4, lease, request.StaticIpv4 is not null);
        if (lease.Ipv6 is { } prefix) Hold(prefix.BaseAddress, lease, request.StaticIpv6 is not null);
    }

    private void Hold(IPAddress address, AddressLease lease, bool isStatic)
    {
        _holders.Add(address, lease);
        if (isStatic && TryFindSlot(address, out var pool, out var slot)) pool.TryTake(slot, lease.UserName);
        _memory?.Append(new LeaseRecord(address, lease.UserName, null));
    }

    private void Return(IPAddress address, AddressLease lease, DateTimeOffset now)
    {
        _holders.Remove(address);
        if (TryFindSlot(address, out var pool, out var slot) && pool.StateOf(slot) == SlotState.Leased) pool.Return(slot, now);
        _memory?.Append(new LeaseRecord(address, lease.UserName, now));
    }

    private bool TryFindSlot(IPAddress address, out LeasePool pool, out int slot)
    {
        var isIpv4 = address.AddressFamily == AddressFamily.InterNetwork;
        pool = isIpv4 ? _pool4 : _pool6;
        return pool.Ranges.TryFind(isIpv4 ? IpNumber.FromIpv4(address) : IpNumber.FromIpv6(address), out slot);
    }
}
