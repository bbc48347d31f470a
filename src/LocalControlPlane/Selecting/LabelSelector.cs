using LocalControlPlane.Errors;

namespace LocalControlPlane.Selecting;

/// <summary>A label selector in its text form: <c>a=b, c!=d, e in (x,y), f notin (z), g, !h</c>.</summary>
public sealed class LabelSelector
{
    private readonly IReadOnlyList<Func<IReadOnlyDictionary<string, string>, bool>> _requirements;

    private LabelSelector(IReadOnlyList<Func<IReadOnlyDictionary<string, string>, bool>> requirements) =>
        _requirements = requirements;

    public static LabelSelector Everything { get; } = new([]);

    public bool IsEverything => _requirements.Count == 0;

    /// <exception cref="ApiException">400: it cannot be read.</exception>
    public static LabelSelector Parse(string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) return Everything;
        return new LabelSelector([.. Split(text).Select(part => Requirement(part.Trim(), text))]);
    }

    public bool Matches(IReadOnlyDictionary<string, string> labels) => _requirements.All(requirement => requirement(labels));

    // Commas inside parentheses separate values, not requirements.
    private static IEnumerable<string> Split(string text)
    {
        int start = 0, depth = 0;
        for (var index = 0; index < text.Length; index++)
        {
            if (text[index] == '(') depth++;
            else if (text[index] == ')') depth--;
            else if (text[index] == ',' && depth == 0)
            {
                yield return text[start..index];
                start = index + 1;
            }
        }

        yield return text[start..];
    }

    private static Func<IReadOnlyDictionary<string, string>, bool> Requirement(string part, string whole)
    {
        if (part.EndsWith(')')) return SetRequirement(part, whole);
        if (Cut(part, "!=", whole) is var (unequal, other)) return labels => labels.GetValueOrDefault(unequal) != other;
        if ((Cut(part, "==", whole) ?? Cut(part, "=", whole)) is var (key, value))
            return labels => labels.GetValueOrDefault(key) == value;
        if (part.StartsWith('!'))
        {
            var absent = Key(part[1..].Trim(), whole);
            return labels => !labels.ContainsKey(absent);
        }

        var present = Key(part, whole);
        return labels => labels.ContainsKey(present);
    }

    private static Func<IReadOnlyDictionary<string, string>, bool> SetRequirement(string part, string whole)
    {
        var open = part.IndexOf('(', StringComparison.Ordinal);
        var words = open < 0 ? [] : part[..open].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length != 2 || words[1] is not ("in" or "notin")) throw Unreadable(whole);
        var key = Key(words[0], whole);
        var values = part[(open + 1)..^1].Split(',', StringSplitOptions.TrimEntries).ToHashSet(StringComparer.Ordinal);
        return words[1] == "in"
            ? labels => labels.TryGetValue(key, out var value) && values.Contains(value)
            : labels => !labels.TryGetValue(key, out var value) || !values.Contains(value);
    }

    private static (string Key, string Value)? Cut(string part, string separator, string whole)
    {
        var at = part.IndexOf(separator, StringComparison.Ordinal);
        if (at <= 0) return null;
        var value = part[(at + separator.Length)..].Trim();
        if (value.Any(c => c is '=' or '!' or '(' or ')' or ' ')) throw Unreadable(whole);
        return (Key(part[..at].Trim(), whole), value);
    }

    private static string Key(string text, string whole) =>
        text.Length > 0 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '/')
            ? text
            : throw Unreadable(whole);

    private static ApiException Unreadable(string whole) =>
        Failure.BadRequest($"unable to parse requirement in label selector \"{whole}\"");
}
