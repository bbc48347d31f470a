namespace GatewayConfig.Formats;

/// <summary>TCP or UDP ports, "443" or "8000-8100".</summary>
/// <param name="First">1 to 65535.</param>
/// <param name="Last">Not below <paramref name="First"/>.</param>
public readonly record struct PortRange(int First, int Last)
{
    private const int MaxPort = 65535;

    public static bool TryParse(string text, out PortRange range)
    {
        range = default;
        var dash = text.IndexOf('-', StringComparison.Ordinal);
        var first = dash < 0 ? text : text[..dash];
        var last = dash < 0 ? text : text[(dash + 1)..];
        if (!Digits.TryParse(first, MaxPort, out var low) || !Digits.TryParse(last, MaxPort, out var high)) return false;
        if (low == 0 || high < low) return false;

        range = new PortRange(low, high);
        return true;
    }

    internal static string? Problem(string text) =>
        TryParse(text, out _) ? null : $"is '{text}'; give a port such as 443 or a range such as 8000-8100";
}
