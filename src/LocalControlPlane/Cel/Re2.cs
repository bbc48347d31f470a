using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.RegularExpressions;

namespace LocalControlPlane.Cel;

/// <summary>
/// Regular expressions as the API server has them: RE2, whose classes are ASCII, whose $ is the very end, and which
/// needs time linear in the text. .NET's engine without backtracking keeps the last promise and refuses what RE2 refuses.
/// </summary>
public static class Re2
{
    private static readonly ConcurrentDictionary<string, (Regex? Regex, string Problem)> Compiled = new();

    public static bool TryCompile(string pattern, [NotNullWhen(true)] out Regex? regex, out string problem)
    {
        // Patterns come from rules and schemas, which are few; the bound guards against patterns taken from data.
        if (Compiled.Count > 10_000) Compiled.Clear();
        (regex, problem) = Compiled.GetOrAdd(pattern, Compile);
        return regex is not null;
    }

    private static (Regex? Regex, string Problem) Compile(string pattern)
    {
        try
        {
            return (new Regex(Translate(pattern), RegexOptions.NonBacktracking | RegexOptions.CultureInvariant), "");
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return (null, $"'{pattern}' is not a regular expression in RE2's syntax: {e.Message}");
        }
    }

    private static string Translate(string pattern)
    {
        var text = new StringBuilder();
        var inClass = false;
        for (var i = 0; i < pattern.Length; i++)
        {
            var c = pattern[i];
            if (c == '\\' && i + 1 < pattern.Length)
            {
                text.Append(Escape(pattern[++i], inClass));
            }
            else if (inClass)
            {
                inClass = c != ']';
                text.Append(
                    c == '[' && i + 1 < pattern.Length && pattern[i + 1] == ':' ? PosixClass(pattern, ref i) : c.ToString());
            }
            else if (c == '[')
            {
                inClass = true;
                text.Append(c);
                // A bracket that comes first is a member, not the end.
                if (i + 1 < pattern.Length && pattern[i + 1] == '^') text.Append(pattern[++i]);
                if (i + 1 < pattern.Length && pattern[i + 1] == ']') text.Append('\\').Append(pattern[++i]);
            }
            else if (c == '$')
            {
                text.Append("\\z");
            }
            else if (c == '(' && pattern.AsSpan(i).StartsWith("(?P<"))
            {
                text.Append("(?<");
                i += 3;
            }
            else
            {
                text.Append(c);
            }
        }

        return text.ToString();
    }

    private static string Escape(char c, bool inClass) => (c, inClass) switch
    {
        ('d', false) => "[0-9]",
        ('d', true) => "0-9",
        ('D', false) => "[^0-9]",
        ('w', false) => "[0-9A-Za-z_]",
        ('w', true) => "0-9A-Za-z_",
        ('W', false) => "[^0-9A-Za-z_]",
        ('s', false) => "[\\t\\n\\f\\r ]",
        ('s', true) => "\\t\\n\\f\\r ",
        ('S', false) => "[^\\t\\n\\f\\r ]",
        _ => "\\" + c,
    };

    private static string PosixClass(string pattern, ref int at)
    {
        var end = pattern.IndexOf(":]", at, StringComparison.Ordinal);
        if (end < 0) return "[";
        var name = pattern[(at + 2)..end];
        at = end + 1;
        return name switch
        {
            "alnum" => "0-9A-Za-z",
            "alpha" => "A-Za-z",
            "digit" => "0-9",
            "lower" => "a-z",
            "upper" => "A-Z",
            "space" => "\\t\\n\\v\\f\\r ",
            "xdigit" => "0-9A-Fa-f",
            "word" => "0-9A-Za-z_",
            "punct" => "!-/:-@\\[-`{-~",
            _ => throw new NotSupportedException($"there is no class [:{name}:]"),
        };
    }
}
