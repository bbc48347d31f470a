using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace GatewayConfig.Formats;

/// <summary>"address:port" with IPv6 in brackets: "192.0.2.1:443", "[2001:db8::1]:443".</summary>
public static class AddressPort
{
    /// <returns>False unless both parts are there and the port is 1 to 65535.</returns>
    public static bool TryParse(string text, [NotNullWhen(true)] out IPEndPoint? endpoint)
    {
        endpoint = null;
        var colon = text.LastIndexOf(':');
        if (colon <= 0 || !Digits.TryParse(text.AsSpan(colon + 1), IPEndPoint.MaxPort, out var port) || port == 0) return false;

        var host = text[..colon];
        var bracketed = host.StartsWith('[') && host.EndsWith(']');
        if (!HostAddress.TryParse(bracketed ? host[1..^1] : host, out var address)) return false;
        if (bracketed != (address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6)) return false;

        endpoint = new IPEndPoint(address, port);
        return true;
    }

    /// <summary>Reads "address" or "address:port"; IPv6 needs brackets only when a port follows.</summary>
    /// <param name="defaultPort">The port when none is given.</param>
    public static bool TryParse(string text, int defaultPort, [NotNullWhen(true)] out IPEndPoint? endpoint)
    {
        if (!HostAddress.TryParse(text, out var address)) return TryParse(text, out endpoint);
        endpoint = new IPEndPoint(address, defaultPort);
        return true;
    }

    internal static string? Problem(string text) =>
        TryParse(text, out _) ? null : $"is '{text}'; give address:port such as 192.0.2.1:443 or [2001:db8::1]:443";

    internal static string? ServerProblem(string text) =>
        TryParse(text, 53, out _) ? null : $"is '{text}'; give an address such as 192.0.2.53 or 2001:db8::53, or address:port";
}
