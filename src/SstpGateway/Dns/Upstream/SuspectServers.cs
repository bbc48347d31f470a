using System.Collections.Concurrent;
using System.Net;
using SstpProtocol;

namespace SstpGateway.Dns.Upstream;

/// <summary>Servers that were silent lately, so that not every question waits for a dead one first.
/// Pure but for being shared.</summary>
internal sealed class SuspectServers(TimeSpan suspectTime)
{
    private readonly ConcurrentDictionary<IPEndPoint, MonotonicTime> _until = [];

    /// <summary>The servers as configured, those under suspicion last.</summary>
    public IReadOnlyList<IPEndPoint> Order(IReadOnlyList<IPEndPoint> servers, MonotonicTime now) =>
        _until.IsEmpty ? servers : [.. servers.OrderBy(server => IsSuspect(server, now))];

    /// <returns>True when the server was not under suspicion already.</returns>
    public bool Accuse(IPEndPoint server, MonotonicTime now)
    {
        var isNew = !IsSuspect(server, now);
        _until[server] = now + suspectTime;
        return isNew;
    }

    /// <returns>True when the server was accused since it last answered.</returns>
    public bool Acquit(IPEndPoint server) => !_until.IsEmpty && _until.TryRemove(server, out _);

    private bool IsSuspect(IPEndPoint server, MonotonicTime now) => _until.TryGetValue(server, out var end) && now < end;
}
