using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;

namespace GatewayConfig.Formats;

/// <summary>One IP address in its usual spelling: four decimal numbers, or RFC 4291 text without a zone.</summary>
public static class HostAddress
{
    /// <remarks>Stricter than <see cref="IPAddress.TryParse(string, out IPAddress)"/>, which takes "10.1",
    /// "0x0a.0.0.1" and "010.0.0.1" for addresses.</remarks>
    public static bool TryParse(string text, [NotNullWhen(true)] out IPAddress? address) =>
        IPAddress.TryParse(text, out address)
        && (address.AddressFamily == AddressFamily.InterNetwork
            ? address.ToString() == text
            : !text.Contains('%', StringComparison.Ordinal) && !text.Contains('[', StringComparison.Ordinal));
}
