using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;

namespace Operator.Dns.Sources;

/// <summary>Reads the body of a web service that answers with the caller's address. Strict:
/// exactly one address, and nothing else.</summary>
public static class EchoAnswer
{
    /// <summary>Far more than an address takes, far less than a web page.</summary>
    public const int MaxBody = 4096;

    /// <summary>Reads a bare address, or the <c>ip=</c> line of Cloudflare's <c>cdn-cgi/trace</c>.</summary>
    /// <returns>False for anything else: a page, two addresses, another family, an address with a port.</returns>
    public static bool TryRead(string body, AddressFamily family, [NotNullWhen(true)] out IPAddress? address)
    {
        address = null;
        var text = body.Trim();
        if (body.Length > MaxBody) return false;

        var lines = text.Split('\n', StringSplitOptions.TrimEntries);
        if (lines.Length > 1)
        {
            var named = lines.Where(line => line.StartsWith("ip=", StringComparison.Ordinal)).ToArray();
            if (named.Length != 1 || !lines.All(line => line.Contains('='))) return false;
            text = named[0][3..];
        }

        // IPAddress.Parse also takes "1", "0x7f.1" and zones; an address that comes out as it went in is one.
        return IPAddress.TryParse(text, out address) && address.AddressFamily == family &&
            string.Equals(address.ToString(), Canonical(text, family), StringComparison.OrdinalIgnoreCase);
    }

    private static string Canonical(string text, AddressFamily family) =>
        family == AddressFamily.InterNetworkV6 && !text.Contains('%') && IPAddress.TryParse(text, out var parsed)
            ? parsed.ToString()
            : text;
}
