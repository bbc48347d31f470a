using System.Text;

namespace Operator.Gateways.Profiles.Texts;

/// <summary>Words in pppd's option files (pppd(8), Options files).</summary>
public static class PppText
{
    /// <summary>Between double quotes a backslash takes the next character as it is,
    /// and no other character means anything.</summary>
    public static string Quote(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var c in text)
        {
            if (c is '"' or '\\') quoted.Append('\\');
            quoted.Append(c);
        }
        return quoted.Append('"').ToString();
    }
}
