using System.Collections.Concurrent;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace Operator.Dns.Sources;

/// <summary>HTTP clients that connect over one family only, whatever the name resolves to,
/// and know over which device they went.</summary>
public sealed class FamilyClients : IDisposable
{
    private readonly ConcurrentDictionary<AddressFamily, string> _tunnels = new();
    private readonly HttpClient _v4;
    private readonly HttpClient _v6;
    private readonly Func<IPAddress, string> _findTunnel;

    public FamilyClients()
        : this(FindTunnel)
    {
    }

    /// <param name="findTunnel">The tunnel device that holds a local address; empty for none.</param>
    public FamilyClients(Func<IPAddress, string> findTunnel)
    {
        _findTunnel = findTunnel;
        _v4 = Create(AddressFamily.InterNetwork);
        _v6 = Create(AddressFamily.InterNetworkV6);
    }

    public HttpClient Of(AddressFamily family) => family == AddressFamily.InterNetwork ? _v4 : _v6;

    /// <summary>The tunnel that the last connection of a family left by; null for an ordinary device.
    /// A VPN's far end is not where this host is.</summary>
    public string? TunnelOf(AddressFamily family) => _tunnels.GetValueOrDefault(family) is { Length: > 0 } name ? name : null;

    public void Dispose()
    {
        _v4.Dispose();
        _v6.Dispose();
    }

    /// <summary>The tunnel device that holds an address; empty for none.</summary>
    public static string FindTunnel(IPAddress local) =>
        NetworkInterface.GetAllNetworkInterfaces()
            .Where(device => device.NetworkInterfaceType is NetworkInterfaceType.Tunnel || IsTunnelName(device.Name))
            .FirstOrDefault(device =>
                device.GetIPProperties().UnicastAddresses.Any(address => address.Address.Equals(local)))?.Name ?? "";

    // Not ppp: PPPoE is how many homes are connected.
    private static bool IsTunnelName(string name) =>
        name.StartsWith("tun", StringComparison.Ordinal) || name.StartsWith("wg", StringComparison.Ordinal)
        || name.StartsWith("sstp", StringComparison.Ordinal)
        || name.StartsWith("tailscale", StringComparison.Ordinal);

    private HttpClient Create(AddressFamily family) => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,    // a redirect to another host is what captive portals do
        ActivityHeadersPropagator = null,    // ids of our traces are nobody else's business
        PooledConnectionLifetime = TimeSpan.Zero,
        UseProxy = false,
        ConnectCallback = async (context, stopping) =>
        {
            var socket = new Socket(family, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(context.DnsEndPoint, stopping);
                _tunnels[family] = socket.LocalEndPoint is IPEndPoint local ? _findTunnel(local.Address) : "";
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        },
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };
}
