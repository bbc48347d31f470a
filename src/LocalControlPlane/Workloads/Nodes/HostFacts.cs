using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace LocalControlPlane.Workloads.Nodes;

/// <summary>What the node object says of this host.</summary>
/// <param name="Addresses">Without loopback, link-local and tunnels; those that the default routes leave by come first.</param>
internal sealed record HostFacts(
    string HostName, IReadOnlyList<string> Addresses, string Kernel, string OsImage, string Architecture, string MachineId,
    string BootId, int Processors, long MemoryBytes)
{
    public static HostFacts Read() => new(
        Environment.MachineName, ReadAddresses(), FirstLine("/proc/sys/kernel/osrelease"), OsName(),
        RuntimeInformation.OSArchitecture == System.Runtime.InteropServices.Architecture.Arm64 ? "arm64" : "amd64",
        FirstLine("/etc/machine-id"), FirstLine("/proc/sys/kernel/random/boot_id"), Environment.ProcessorCount,
        GC.GetGCMemoryInfo().TotalAvailableMemoryBytes);

    private static List<string> ReadAddresses()
    {
        var own = NetworkInterface.GetAllNetworkInterfaces()
            // A tunnel has no address of a link layer; the gateway's own is one.
            .Where(card =>
                card.OperationalStatus == OperationalStatus.Up && card.NetworkInterfaceType != NetworkInterfaceType.Loopback
                && card.GetPhysicalAddress().GetAddressBytes().Length > 0)
            .SelectMany(card => card.GetIPProperties().UnicastAddresses.Select(unicast => unicast.Address))
            .Where(address => !address.IsIPv6LinkLocal && !IPAddress.IsLoopback(address))
            .Select(address => address.ToString()).ToList();
        var first = new[] { WayOut("192.0.2.1"), WayOut("2001:db8::1") }.OfType<string>().ToList();
        return [.. first.Union(own)];
    }

    /// <summary>The address that packets to somewhere else would leave with. Nothing is sent:
    /// connecting a datagram socket only asks the routing table.</summary>
    private static string? WayOut(string elsewhere)
    {
        var target = IPAddress.Parse(elsewhere);
        try
        {
            using var socket = new Socket(target.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
            socket.Connect(target, 9);
            return (socket.LocalEndPoint as IPEndPoint)?.Address is { } address && !IPAddress.IsLoopback(address)
                ? address.ToString()
                : null;
        }
        catch (SocketException)
        {
            // No route, or no such family on this host: there is no way out.
            return null;
        }
    }

    private static string OsName() => File.Exists("/etc/os-release")
        ? File.ReadLines("/etc/os-release")
            .FirstOrDefault(line => line.StartsWith("PRETTY_NAME=", StringComparison.Ordinal))?[12..].Trim('"')
            ?? "Linux"
        : "Linux";

    private static string FirstLine(string path) => File.Exists(path) ? File.ReadLines(path).FirstOrDefault() ?? "" : "";
}
