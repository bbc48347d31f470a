using System.Net;

namespace SstpGateway.Dns.Zones;

/// <summary>The servers in a resolv.conf (resolv.conf(5)). Pure.</summary>
internal static class ResolvConf
{
    /// <summary>The C library reads three and ignores the rest; we may as well use what is written,
    /// to the configuration's own limit.</summary>
    public const int MaxServers = 8;

    private static readonly char[] Blanks = [' ', '\t'];

    /// <summary>Lines that it cannot read are skipped, as the C library does.</summary>
    /// <param name="own">Addresses where we listen: asking them would be asking ourselves.</param>
    public static IReadOnlyList<IPEndPoint> ReadServers(string text, IReadOnlyCollection<IPAddress> own)
    {
        var servers = new List<IPEndPoint>();
        foreach (var line in text.Split('\n'))
        {
            var words = line.TrimEnd('\r').Split(Blanks, StringSplitOptions.RemoveEmptyEntries);
            if (words is not ["nameserver", var word, ..] || !IPAddress.TryParse(word, out var address)) continue;
            if (own.Contains(address) || servers.Count == MaxServers) continue;

            servers.Add(new IPEndPoint(address, DnsServerAddress.DefaultPort));
        }

        return servers;
    }
}
