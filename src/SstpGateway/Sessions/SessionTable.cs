using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using SstpGateway.Addressing;
using SstpProtocol.Ip;

namespace SstpGateway.Sessions;

/// <summary>The calls that are up, found by number, by address and by user.</summary>
public sealed class SessionTable
{
    private readonly ConcurrentDictionary<long, GatewaySession> _byId = new();
    private readonly ConcurrentDictionary<uint, GatewaySession> _byIpv4 = new();
    private readonly ConcurrentDictionary<ulong, GatewaySession> _byIpv6Prefix = new();
    private readonly Dictionary<string, int> _callsByUser = new(StringComparer.Ordinal);
    private readonly Lock _users = new();
    private long _lastId;

    public IEnumerable<GatewaySession> All => _byId.Values;

    public int Count => _byId.Count;

    public long NextId() => Interlocked.Increment(ref _lastId);

    public void Add(GatewaySession session) => _byId[session.Id] = session;

    public void Remove(GatewaySession session) => _byId.TryRemove(session.Id, out _);

    public GatewaySession? Find(long id) => _byId.GetValueOrDefault(id);

    public GatewaySession? FindByIpv4(uint address) => _byIpv4.GetValueOrDefault(address);

    /// <param name="prefix">The upper 64 bits of an IPv6 address.</param>
    public GatewaySession? FindByIpv6(ulong prefix) => _byIpv6Prefix.GetValueOrDefault(prefix);

    internal GatewaySession? FindByLease(AddressLease lease) => FindByIpv4(IpNumber.FromIpv4(lease.Ipv4));

    /// <summary>True for an address that a call holds now: what the name servers inside answer to.</summary>
    public bool IsClient(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        Span<byte> octets = stackalloc byte[16];
        return address.TryWriteBytes(octets, out var length) && (length == 4
            ? _byIpv4.ContainsKey(BinaryPrimitives.ReadUInt32BigEndian(octets))
            : _byIpv6Prefix.ContainsKey(BinaryPrimitives.ReadUInt64BigEndian(octets)));
    }

    /// <summary>Counts one more call of a user; false when that would be more than <paramref name="limit"/>.</summary>
    public bool TryCountUser(string user, int limit)
    {
        lock (_users)
        {
            var calls = _callsByUser.GetValueOrDefault(user);
            if (calls >= limit) return false;
            _callsByUser[user] = calls + 1;
            return true;
        }
    }

    public void UncountUser(string user)
    {
        lock (_users)
        {
            if (--_callsByUser[user] == 0) _callsByUser.Remove(user);
        }
    }

    public void Route(uint? ipv4, ulong? ipv6Prefix, GatewaySession session)
    {
        if (ipv4 is { } address) _byIpv4[address] = session;
        if (ipv6Prefix is { } prefix) _byIpv6Prefix[prefix] = session;
    }

    /// <summary>Removes the routes to a session, but not those another session has taken over since.</summary>
    public void Unroute(uint? ipv4, ulong? ipv6Prefix, GatewaySession session)
    {
        if (ipv4 is { } address) _byIpv4.TryRemove(new KeyValuePair<uint, GatewaySession>(address, session));
        if (ipv6Prefix is { } prefix) _byIpv6Prefix.TryRemove(new KeyValuePair<ulong, GatewaySession>(prefix, session));
    }
}
