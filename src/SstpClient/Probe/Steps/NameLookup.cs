using System.Net;

namespace SstpClient.Probe.Steps;

/// <summary>Step 1: from the name to addresses.</summary>
internal static class NameLookup
{
    /// <exception cref="ProbeException">The name exists but has no address.</exception>
    /// <exception cref="System.Net.Sockets.SocketException">The name does not exist, or no server could be asked.</exception>
    public static async Task<IReadOnlyList<IPAddress>> RunAsync(ProbeTarget target, CancellationToken timeout)
    {
        if (target.Address is { } given) return [given];
        if (IPAddress.TryParse(target.Host, out var literal)) return [literal];

        var addresses = await System.Net.Dns.GetHostAddressesAsync(target.Host, timeout);
        return addresses.Length > 0 ? addresses : throw new ProbeException($"{target.Host} has no address");
    }
}
