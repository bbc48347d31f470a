using System.Text.RegularExpressions;

namespace Operator.Tests.Sources;

/// <summary>Finds lines of C# that are longer than they may be, though they could be broken.</summary>
/// <remarks>
/// Three kinds are excused: directives, which end where their line does; the inside of a raw string of several lines; and a line
/// with a text that cannot be divided at blanks (or not at all, being raw or verbatim) so that its pieces fit on lines of
/// their own.
/// </remarks>
internal static partial class LongLines
{
    /// <returns>Numbers of lines, from 1.</returns>
    public static IEnumerable<int> In(string source, int most)
    {
        var closing = "";
        var number = 0;
        foreach (var line in source.Split('\n'))
        {
            number++;
            var code = line.TrimStart();
            if (closing.Length > 0)
            {
                if (!code.StartsWith(closing, StringComparison.Ordinal)) continue;
                code = code[closing.Length..];
                closing = "";
            }

            var marks = RawMarks().Matches(code);
            if (marks.Count % 2 == 1 && code.EndsWith(marks[^1].Value, StringComparison.Ordinal)) closing = marks[^1].Value;
            if (line.Length > most && !code.StartsWith('#') && !HasLongText(line, most)) yield return number;
        }
    }

    private static bool HasLongText(string line, int most)
    {
        var indent = line.Length - line.TrimStart().Length;
        for (var at = indent; at < line.Length; at++)
        {
            if (line[at] == '\'')
            {
                at = CharEnd(line, at);
                continue;
            }

            if (TextStart().Match(line, at) is not { Success: true } start) continue;
            var end = TextEnd(line, start, out var longest);
            var operatorBefore = line.AsSpan(indent, at - indent) is "+ " ? 2 : 0;
            var behind = line.AsSpan(end).IndexOf(' ') is var blank and >= 0 ? blank : line.Length - end;
            if (indent + operatorBefore + longest + behind > most) return true;
            at = end - 1;
        }

        return false;
    }

    /// <param name="longest">The columns of the longest piece into which it can be divided: at blanks outside of holes.</param>
    /// <returns>Where it has ended.</returns>
    private static int TextEnd(string line, Match start, out int longest)
    {
        var at = start.Index + start.Length;
        var (prefix, quotes) = (start.Groups["prefix"].Value, start.Groups["quotes"].Value);
        if (quotes.Length > 1 || prefix.Contains('@'))
        {
            var close = quotes.Length == 2 ? at - 2 : line.IndexOf(quotes, at, StringComparison.Ordinal);
            var whole = close < 0 ? line.Length : close + quotes.Length;
            longest = whole - start.Index;
            return whole;
        }

        longest = 0;
        var piece = start.Index;
        for (; at < line.Length && line[at] != '"'; at++)
        {
            if (line[at] == '\\') at++;
            else if (prefix.Length > 0 && line[at] == '{') at = HoleEnd(line, at);
            else if (line[at] == ' ')
            {
                longest = Math.Max(longest, at - piece);
                piece = at;
            }
        }

        var end = Math.Min(at + 1, line.Length);
        longest = Math.Max(longest, end - piece);
        return end;
    }

    /// <returns>Where the closing brace is, or the second of two opening ones.</returns>
    private static int HoleEnd(string line, int open)
    {
        if (open + 1 < line.Length && line[open + 1] == '{') return open + 1;
        var depth = 0;
        for (var at = open; at < line.Length; at++)
        {
            if (line[at] == '{') depth++;
            else if (line[at] == '}' && --depth == 0) return at;
            else if (line[at] == '\'') at = CharEnd(line, at);
            else if (TextStart().Match(line, at) is { Success: true } inner) at = TextEnd(line, inner, out _) - 1;
        }

        return line.Length;
    }

    private static int CharEnd(string line, int open)
    {
        var close = line.IndexOf('\'', Math.Min(line.Length, open + (open + 1 < line.Length && line[open + 1] == '\\' ? 3 : 2)));
        return close < 0 ? open : close;
    }

    [GeneratedRegex("\"{3,}")]
    private static partial Regex RawMarks();

    [GeneratedRegex("""\G(?<prefix>[$@]*)(?<quotes>"{3,}|""|")""")]
    private static partial Regex TextStart();
}
