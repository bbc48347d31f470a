using System.Globalization;
using System.Text;

namespace Operator.Gateways.Profiles.Texts;

/// <summary>Texts in RouterOS' script language.</summary>
public static class RouterOsText
{
    /// <summary>Letters, digits and a few marks as they are, every other octet of UTF-8 as a backslash with two hexadecimal
    /// digits: so "$" begins no variable and "?" no help.</summary>
    public static string Quote(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var octet in Encoding.UTF8.GetBytes(text))
        {
            if (char.IsAsciiLetterOrDigit((char)octet)
                || octet is (byte)'-' or (byte)'_' or (byte)'.' or (byte)':' or (byte)'@' or (byte)'/')
                quoted.Append((char)octet);
            else quoted.Append(CultureInfo.InvariantCulture, $"\\{octet:X2}");
        }
        return quoted.Append('"').ToString();
    }
}
