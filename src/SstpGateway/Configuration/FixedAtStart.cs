using GatewayConfig;

namespace SstpGateway.Configuration;

/// <summary>The fields that a running gateway cannot change: sockets, the tunnel device and what sits on them.</summary>
internal static class FixedAtStart
{
    private static readonly (string Field, Func<GatewayConfiguration, object?> Value)[] Fields =
    [
        ("listening.addresses", c => string.Join(' ', c.Listening.Addresses)),
        ("network.device", c => c.Network.Device),
        ("network.mtu", c => c.Network.Mtu),
        ("network.queues", c => c.Network.Queues),
        ("network.enableForwarding", c => c.Network.EnableForwarding),
        ("addressing.leaseFile", c => c.Addressing.LeaseFile),
        ("admin.listen", c => c.Admin.Listen),
        ("admin.tls", c => c.Admin.Tls),
    ];

    /// <returns>The fields that differ, as the file spells them.</returns>
    public static IEnumerable<string> Changed(GatewayConfiguration running, GatewayConfiguration wanted) =>
        Fields.Where(field => !Equals(field.Value(running), field.Value(wanted))).Select(field => field.Field);

    /// <returns>What is wanted, save for these fields, which stay what they are: a call must not be
    /// told an MTU that the device does not have.</returns>
    public static GatewayConfiguration Keep(GatewayConfiguration running, GatewayConfiguration wanted) => wanted with
    {
        Listening = wanted.Listening with { Addresses = running.Listening.Addresses },
        Network = wanted.Network with
        {
            Device = running.Network.Device,
            Mtu = running.Network.Mtu,
            Queues = running.Network.Queues,
            EnableForwarding = running.Network.EnableForwarding,
        },
        Addressing = wanted.Addressing with { LeaseFile = running.Addressing.LeaseFile },
        Admin = running.Admin,
    };
}
