using System.Text;

namespace Operator.Gateways.Profiles.Texts;

/// <summary>Texts in PowerShell.</summary>
public static class PowerShellText
{
    /// <summary>A verbatim string: nothing in it is expanded, and only its own quotes have to be doubled.
    /// PowerShell takes five characters for such a quote (about_Quoting_Rules).</summary>
    public static string Quote(string text)
    {
        var quoted = new StringBuilder("'");
        foreach (var c in text)
        {
            if (IsQuote(c)) quoted.Append(c);
            quoted.Append(c);
        }
        return quoted.Append('\'').ToString();
    }

    /// <summary>Typewriter's, and those that word processors put in its place.</summary>
    public static bool IsQuote(char c) => c is '\'' or '\u2018' or '\u2019' or '\u201A' or '\u201B';
}
