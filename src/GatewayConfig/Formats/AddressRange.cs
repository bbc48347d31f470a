using System.Net;
using System.Net.Sockets;

namespace GatewayConfig.Formats;

/// <summary>Networks in CIDR form, "192.0.2.0/24" or "2001:db8::/48". A single address is "/32" or "/128".</summary>
public static class AddressRange
{
    /// <returns>False for anything but an address in its usual spelling, a slash
    /// and a length that leaves no host bits set.</returns>
    public static bool TryParse(string text, out IPNetwork network)
    {
        network = default;
        if (Problem(text) is not null) return false;

        var slash = text.IndexOf('/', StringComparison.Ordinal);
        network = new IPNetwork(IPAddress.Parse(text.AsSpan(0, slash)), int.Parse(text.AsSpan(slash + 1), null));
        return true;
    }

    /// <summary>Whether two ranges have an address in common.</summary>
    public static bool Overlap(IPNetwork left, IPNetwork right) =>
        left.BaseAddress.AddressFamily == right.BaseAddress.AddressFamily
        && (left.Contains(right.BaseAddress) || right.Contains(left.BaseAddress));

    internal static string? Problem(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0 || !HostAddress.TryParse(text[..slash], out var address))
            return $"is '{text}'; give a network such as 192.0.2.0/24 or 2001:db8::/48";

        var bits = address.AddressFamily == AddressFamily.InterNetwork ? 32 : 128;
        if (!Digits.TryParse(text.AsSpan(slash + 1), bits, out var length))
            return $"is '{text}'; the length after the slash goes from 0 to {bits}";

        var masked = Mask(address, length);
        return masked.Equals(address) ? null : $"is '{text}', which has host bits set; give {masked}/{length}";
    }

    internal static string? Problem(string text, AddressFamily family)
    {
        if (Problem(text) is { } problem) return problem;
        if (TryParse(text, out var network) && network.BaseAddress.AddressFamily == family) return null;
        return $"is '{text}'; give an {(family == AddressFamily.InterNetwork ? "IPv4" : "IPv6")} network";
    }

    private static IPAddress Mask(IPAddress address, int length)
    {
        var bytes = address.GetAddressBytes();
        for (var i = 0; i < bytes.Length; i++)
        {
            var kept = Math.Clamp(length - i * 8, 0, 8);
            bytes[i] &= (byte)(0xFF << (8 - kept));
        }
        return new IPAddress(bytes);
    }
}
