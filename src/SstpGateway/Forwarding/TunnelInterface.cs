using System.Net;
using GatewayConfig.Network;
using SstpGateway.Addressing;
using SstpTransport.Netlink;
using SstpTransport.Tun;

namespace SstpGateway.Forwarding;

/// <summary>The gateway's tunnel device with its addresses and the routes to all clients; everything goes with it.</summary>
/// <remarks>
/// The kernel sends a few multicast packets of its own into the device (membership reports and, while it does not forward,
/// router solicitations). They are for no client.
/// </remarks>
public sealed class TunnelInterface : IDisposable
{
    /// <summary>fe80::1: what clients send router solicitations to and take as their IPv6 gateway.</summary>
    public static readonly IPAddress LinkLocal = new([0xFE, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]);

    // In packets: room for bursts of many calls at once. With 128 instead, 50 calls with 8 echoes each in flight lost some, and
    // the ping beside four downloads was no faster. The driver's default is 500.
    private const int QueueLength = 1000;

    private const string Ipv6Settings = "/proc/sys/net/ipv6";

    private readonly Lock _lock = new();
    private readonly RouteSocket _routes;

    private TunnelInterface(TunDevice device, RouteSocket routes)
    {
        Device = device;
        _routes = routes;
    }

    public TunDevice Device { get; }

    /// <summary>Creates the device, gives it its addresses and routes, and brings it up.</summary>
    /// <exception cref="SstpTransport.Linux.SystemCallException">The kernel refuses; the message says what to do.</exception>
    /// <exception cref="AddressConflictException">The host already uses addresses of the pools.</exception>
    public static TunnelInterface Open(NetworkConfig config, AddressPlan plan)
    {
        var routes = RouteSocket.Open();
        TunDevice? device = null;
        try
        {
            device = TunDevice.Open(
                config.Device, config.Queues == 0 ? Math.Min(Environment.ProcessorCount, TunDevice.MaxQueues) : config.Queues,
                WantedOffloads.FromEnvironment());
            var tunnel = new TunnelInterface(device, routes);
            tunnel.Configure(config.Mtu, plan);
            return tunnel;
        }
        catch
        {
            device?.Dispose();
            routes.Dispose();
            throw;
        }
    }

    /// <summary>Takes over pools that were added or removed. The gateway's own addresses stay as they were at start.</summary>
    public void ChangePools(AddressPlan before, AddressPlan after)
    {
        lock (_lock)
        {
            var old = before.Pools4.Concat(before.Pools6).ToList();
            var wanted = after.Pools4.Concat(after.Pools6).ToList();
            foreach (var pool in wanted.Except(old)) _routes.ReplaceRoute(RouteTo(pool));
            foreach (var pool in old.Except(wanted)) _routes.RemoveRoute(RouteTo(pool));
        }
    }

    /// <summary>Routes those addresses of a lease into the tunnel that no pool covers;
    /// for others there is nothing to do.</summary>
    public void AddRoutes(AddressLease lease)
    {
        lock (_lock)
        {
            foreach (var network in lease.OutsidePools) _routes.ReplaceRoute(RouteTo(network));
        }
    }

    public void RemoveRoutes(AddressLease lease)
    {
        lock (_lock)
        {
            foreach (var network in lease.OutsidePools) _routes.RemoveRoute(RouteTo(network));
        }
    }

    public void Dispose()
    {
        Device.Dispose();
        _routes.Dispose();
    }

    private void Configure(int mtu, AddressPlan plan)
    {
        var conflicts = PoolConflicts.Find(plan, _routes.ListAddresses(), _routes.ListRoutes(), Device.InterfaceIndex);
        if (conflicts.Count > 0) throw new AddressConflictException(conflicts);

        var hasIpv6 = Directory.Exists(Ipv6Settings);
        if (plan.Gateway6 is not null && hasIpv6) AllowIpv6();

        // The kernel's own choice of link-local address would be a second gateway address that no client is told.
        _routes.ChangeLink(Device.InterfaceIndex, new LinkChange
        {
            Mtu = mtu,
            TransmitQueueLength = QueueLength,
            AutomaticLinkLocal = hasIpv6 ? false : null,
        });
        _routes.AddAddress(new InterfaceAddress(Device.InterfaceIndex, plan.Gateway4, 32));
        if (plan.Gateway6 is { } gateway6)
        {
            _routes.AddAddress(new InterfaceAddress(Device.InterfaceIndex, gateway6, 128));
            _routes.AddAddress(new InterfaceAddress(Device.InterfaceIndex, LinkLocal, 64));
        }

        _routes.ChangeLink(Device.InterfaceIndex, new LinkChange { Up = true });
        foreach (var pool in plan.Pools4.Concat(plan.Pools6)) _routes.ReplaceRoute(RouteTo(pool));
    }

    // Containers often have IPv6 off by default for every new device.
    private void AllowIpv6()
    {
        var path = $"{Ipv6Settings}/conf/{Device.Name}/disable_ipv6";
        if (File.ReadAllText(path).Trim() == "1") File.WriteAllText(path, "0");
    }

    private NetworkRoute RouteTo(IPNetwork network) => new(network, Device.InterfaceIndex);
}
