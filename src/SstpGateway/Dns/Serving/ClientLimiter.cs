using System.Net;
using System.Net.Sockets;

namespace SstpGateway.Dns.Serving;

/// <summary>How many things each client has open: queries, or connections.</summary>
/// <remarks>An IPv6 client is its /64: each call has one to itself, and may use any address in it.</remarks>
/// <param name="total">Open at once for all clients together.</param>
internal sealed class ClientLimiter(int total)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<IPAddress, int> _open = [];
    private int _openInAll;

    /// <summary>Opens one more unless the client has <paramref name="limit"/> already, or all together have theirs.
    /// Pair with <see cref="Leave"/>.</summary>
    public bool TryEnter(IPAddress client, int limit)
    {
        var key = ClientOf(client);
        lock (_gate)
        {
            var count = _open.GetValueOrDefault(key);
            if (count >= limit || _openInAll >= total) return false;

            _openInAll++;
            _open[key] = count + 1;
            return true;
        }
    }

    public void Leave(IPAddress client)
    {
        var key = ClientOf(client);
        lock (_gate)
        {
            _openInAll--;
            if (_open[key] == 1) _open.Remove(key);
            else _open[key]--;
        }
    }

    private static IPAddress ClientOf(IPAddress address)
    {
        if (address.AddressFamily != AddressFamily.InterNetworkV6) return address;

        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out _);
        bytes[8..].Clear();
        return new IPAddress(bytes);
    }
}
