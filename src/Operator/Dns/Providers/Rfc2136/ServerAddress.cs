using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Operator.Dns.Providers.Rfc2136;

/// <summary>Where a server is that a specification names: an address or a host, with a port or without.</summary>
internal static class ServerAddress
{
    private const int DnsPort = 53;

    /// <returns>No end point and what went wrong when the name does not resolve.</returns>
    public static async Task<(IPEndPoint[] EndPoints, string? Problem)> FindAsync(string server, CancellationToken stopping)
    {
        if (IPAddress.TryParse(server, out var address)) return ([new IPEndPoint(address, DnsPort)], null);
        if (IPEndPoint.TryParse(server, out var endPoint)) return ([endPoint], null);

        var colon = server.LastIndexOf(':');
        var (host, port) = colon > 0
            && int.TryParse(server.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var given)
            ? (server[..colon], given)
            : (server, DnsPort);
        try
        {
            return (
                [.. (await System.Net.Dns.GetHostAddressesAsync(host, stopping)).Select(found => new IPEndPoint(found, port))],
                null);
        }
        catch (SocketException exception)
        {
            return ([], $"{host}: {exception.Message}");
        }
    }
}
