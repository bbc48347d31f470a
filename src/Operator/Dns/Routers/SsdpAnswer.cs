using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Text;

namespace Operator.Dns.Routers;

/// <summary>The answer to a search for devices (UPnP Device Architecture 1.1, 1.3.3):
/// a status line and header lines, in one datagram.</summary>
public static class SsdpAnswer
{
    /// <summary>Reads where the device describes itself.</summary>
    /// <param name="router">Who was asked; only it is believed about itself.</param>
    /// <returns>False for anything but a success with an HTTP address at the router.</returns>
    public static bool TryReadLocation(ReadOnlySpan<byte> answer, IPAddress router, [NotNullWhen(true)] out Uri? location)
    {
        location = null;
        var lines = Encoding.ASCII.GetString(answer).Split("\r\n");
        var status = lines[0].Split(' ');
        if (status.Length < 2 || !status[0].StartsWith("HTTP/1.", StringComparison.Ordinal) || status[1] != "200") return false;

        foreach (var line in lines)
        {
            if (!line.StartsWith("LOCATION:", StringComparison.OrdinalIgnoreCase)) continue;
            if (!Uri.TryCreate(line["LOCATION:".Length..].Trim(), UriKind.Absolute, out var url)) return false;
            if (url.Scheme != Uri.UriSchemeHttp || url.IdnHost != router.ToString()) return false;

            location = url;
            return true;
        }

        return false;
    }
}
