using System.Collections.Frozen;
using System.Net;
using System.Net.Sockets;
using GatewayConfig.Channel;
using Microsoft.Extensions.Logging;
using SstpGateway.Listening;

namespace SstpGateway.Admin.Probing;

/// <summary>Keeps a gateway from being used as a scanner: it looks only at what its operator told it of beforehand,
/// seldom, and at few things at a time.</summary>
/// <remarks>What it was told is in its log. Loopback, link-local and multicast are refused even then:
/// there is the host's own business.</remarks>
public sealed class ProbeGuard(TimeProvider time, ILogger logger)
{
    /// <summary>Looks at a time.</summary>
    public const int MaxAtATime = 64;

    /// <summary>Looks in a second on average; as many at once after a pause.</summary>
    public const int MaxASecond = 100;

    private readonly Lock _gate = new();
    private readonly RareLine _refusals = new(time);
    private FrozenSet<IPEndPoint> _targets = FrozenSet<IPEndPoint>.Empty;
    private double _left = MaxASecond;
    private long _asOf = time.GetTimestamp();
    private int _now;

    /// <returns>What is wrong with the list, which then changes nothing; null when it is in force.</returns>
    public string? Replace(ProbeTargets list)
    {
        if (list.Targets.Count > ProbeTargets.Capacity)
            return $"there are {list.Targets.Count} targets; give at most {ProbeTargets.Capacity}";
        var targets = new HashSet<IPEndPoint>();
        foreach (var text in list.Targets)
        {
            if (!IPEndPoint.TryParse(text, out var target) || target.Port == 0) return $"'{text}' is not an address with a port";
            if (Special(target.Address) is { } what) return $"{target.Address} is {what}; nobody outside can have it";
            targets.Add(target);
        }

        lock (_gate)
        {
            if (_targets.SetEquals(targets)) return null;
            _targets = targets.ToFrozenSet();
        }

        AdminLog.ProbeTargetsReplaced(logger, targets.Count, string.Join(", ", list.Targets.Take(16)));
        return null;
    }

    /// <summary>Why an address must not be dialled; null when it may.</summary>
    public string? Objection(IPAddress address, int port)
    {
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        if (Special(address) is { } what) return $"{address} is {what}";
        lock (_gate)
            return _targets.Contains(new IPEndPoint(address, port))
                ? null
                : $"this gateway was not told of {new IPEndPoint(address, port)}";
    }

    /// <summary>Takes a place for one look; given back when disposed. Null when it is refused.</summary>
    internal IDisposable? TryEnter(ProbeRequest request, out ProbeRefusal? refusal)
    {
        refusal = Refusal(request);
        if (refusal is null) return new Place(this);

        if (_refusals.MayWrite(out var unsaid)) AdminLog.ProbeRefused(logger, refusal.Message, unsaid);
        return null;
    }

    private ProbeRefusal? Refusal(ProbeRequest request)
    {
        // A name without an address is resolved first, and what it leads to is judged before it is dialled.
        if (IPAddress.TryParse(request.Address ?? request.Host, out var address)
            && Objection(address, request.Port) is { } objection)
            return new ProbeRefusal($"{objection}; put it among the targets first", IsForNow: false);

        lock (_gate)
        {
            var now = time.GetTimestamp();
            _left = Math.Min(MaxASecond, _left + (time.GetElapsedTime(_asOf, now).TotalSeconds * MaxASecond));
            _asOf = now;
            if (_left < 1) return new ProbeRefusal($"more than {MaxASecond} looks in a second", IsForNow: true);
            if (_now >= MaxAtATime) return new ProbeRefusal($"{MaxAtATime} looks at a time already", IsForNow: true);
            (_left, _now) = (_left - 1, _now + 1);
            return null;
        }
    }

    private static string? Special(IPAddress address)
    {
        if (IPAddress.IsLoopback(address)) return "loopback";
        if (address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any)) return "unspecified";
        if (address.IsIPv4MappedToIPv6) return "an IPv4 address in IPv6's clothes";
        if (address.AddressFamily == AddressFamily.InterNetworkV6)
            return address.IsIPv6LinkLocal ? "link-local" : address.IsIPv6Multicast ? "multicast" : null;

        var octets = address.GetAddressBytes();
        return octets switch
        {
            [0, ..] => "of this network",
            [169, 254, ..] => "link-local",
            [>= 224, ..] => "multicast or reserved",
            _ => null,
        };
    }

    private sealed class Place(ProbeGuard guard) : IDisposable
    {
        public void Dispose()
        {
            lock (guard._gate) guard._now--;
        }
    }
}
