using System.Net;

namespace SstpGateway.Dns.Zones;

/// <summary>A server as the configuration writes it: "192.0.2.1", "192.0.2.1:5353",
/// "2001:db8::1", "[2001:db8::1]:5353".</summary>
internal static class DnsServerAddress
{
    public const int DefaultPort = 53;

    public static bool TryParse(string text, out IPEndPoint server)
    {
        server = new IPEndPoint(IPAddress.None, 0);
        if (!IPEndPoint.TryParse(text, out var parsed)) return false;

        server = parsed.Port == 0 ? new IPEndPoint(parsed.Address, DefaultPort) : parsed;
        return true;
    }

    /// <exception cref="ArgumentException">One of them is no address; validation
    /// of the configuration should have found it.</exception>
    public static IReadOnlyList<IPEndPoint> ParseAll(IReadOnlyList<string> texts) =>
        [.. texts.Select(text => TryParse(text, out var server)
            ? server
            : throw new ArgumentException($"\"{text}\" is no DNS server; give an address, or address:port", nameof(texts)))];
}
