using System.Net;
using Microsoft.Extensions.Logging;
using SstpProtocol;

namespace SstpGateway.Dns.Zones;

/// <summary>The host's own servers, followed when DHCP or an administrator rewrites resolv.conf.</summary>
/// <remarks>Not thread-safe: its owner looks under a lock.</remarks>
internal sealed class HostServers(string path, IReadOnlyCollection<IPAddress> own, ILogger logger)
{
    /// <summary>How stale the list may be. Reading so small a file costs microseconds, but not for each query.</summary>
    public static readonly TimeSpan LookAgainAfter = TimeSpan.FromSeconds(5);

    private IReadOnlyList<IPEndPoint> _servers = [];
    private MonotonicTime? _lookedAt;

    public IReadOnlyList<IPEndPoint> Current(MonotonicTime now)
    {
        if (_lookedAt is { } last && now - last < LookAgainAfter) return _servers;

        var isFirstLook = _lookedAt is null;
        _lookedAt = now;
        try
        {
            var found = ResolvConf.ReadServers(File.ReadAllText(path), own);
            if (!isFirstLook && found.SequenceEqual(_servers)) return _servers;

            _servers = found;
            if (found.Count == 0) DnsLog.NoHostServers(logger, path);
            else DnsLog.HostServersRead(logger, path, string.Join(", ", found));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            if (isFirstLook) DnsLog.HostServersUnreadable(logger, path, e.Message);
        }

        return _servers;
    }
}
