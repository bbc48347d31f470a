using System.Globalization;

namespace GatewayConfig.Formats;

/// <summary>Small numbers written in ASCII digits only: no sign, no space, no leading zero.</summary>
internal static class Digits
{
    public static bool TryParse(ReadOnlySpan<char> text, int maximum, out int value) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value)
        && value <= maximum
        && (text[0] != '0' || text.Length == 1);
}
