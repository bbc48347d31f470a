using LocalControlPlane.Cel.Types;
using LocalControlPlane.Cel.Values;
using static LocalControlPlane.Cel.Types.CelType;

namespace LocalControlPlane.Cel.Functions;

/// <summary>The standard methods of strings and the string extension of the reference implementation.
/// Positions count code points.</summary>
internal static class StringFunctions
{
    private static readonly CelType S = CelType.String;

    public static IEnumerable<CelFunction> All { get; } =
    [
        Method("contains", [S, S], Bool, a => BoolValue.Of(Text(a[0]).Contains(Text(a[1]), StringComparison.Ordinal))),
        Method("startsWith", [S, S], Bool, a => BoolValue.Of(Text(a[0]).StartsWith(Text(a[1]), StringComparison.Ordinal))),
        Method("endsWith", [S, S], Bool, a => BoolValue.Of(Text(a[0]).EndsWith(Text(a[1]), StringComparison.Ordinal))),
        Method("charAt", [S, Int], S, a => Slice(a[0], Number(a[1]), Number(a[1]) + 1, atEnd: true)),
        Method("indexOf", [S, S], Int, a => IndexOf(a, 0)),
        Method("indexOf", [S, S, Int], Int, a => IndexOf(a, Number(a[2]))),
        Method("lastIndexOf", [S, S], Int, a => LastIndexOf(a, null)),
        Method("lastIndexOf", [S, S, Int], Int, a => LastIndexOf(a, Number(a[2]))),
        Method("lowerAscii", [S], S, a => Map(a[0], char.IsAsciiLetterUpper, c => (char)(c | 0x20))),
        Method("upperAscii", [S], S, a => Map(a[0], char.IsAsciiLetterLower, c => (char)(c & ~0x20))),
        Method("replace", [S, S, S], S, a => Replace(a, -1)),
        Method("replace", [S, S, S, Int], S, a => Replace(a, Number(a[3]))),
        Method("split", [S, S], List(S), a => Split(a, -1)),
        Method("split", [S, S, Int], List(S), a => Split(a, Number(a[2]))),
        Method("substring", [S, Int], S, a => Slice(a[0], Number(a[1]), ((StringValue)a[0]).Size)),
        Method("substring", [S, Int, Int], S, a => Slice(a[0], Number(a[1]), Number(a[2]))),
        Method("trim", [S], S, a => new StringValue(Text(a[0]).Trim())),
        Method("join", [List(S)], S, a => Join(a, "")),
        Method("join", [List(S), S], S, a => Join(a, Text(a[1]))),
    ];

    private static CelFunction Method(
        string name, CelType[] parameters, CelType result, Func<IReadOnlyList<CelValue>, CelValue> apply) =>
        new(name, true, parameters, result, apply);

    private static string Text(CelValue value) => ((StringValue)value).Value;

    private static long Number(CelValue value) => ((IntValue)value).Value;

    private static StringValue Map(CelValue value, Func<char, bool> which, Func<char, char> change) =>
        new(string.Concat(Text(value).Select(c => which(c) ? change(c) : c)));

    private static CelValue Slice(CelValue value, long from, long to, bool atEnd = false)
    {
        var points = CodePoints.Of(Text(value));
        if (atEnd && from == points.Length) return new StringValue("");
        return from >= 0 && from <= to && to <= points.Length
            ? new StringValue(CodePoints.Text(points.AsSpan((int)from, (int)(to - from))))
            : new ErrorValue($"index out of range: {(from < 0 || from > points.Length ? from : to)}");
    }

    private static CelValue IndexOf(IReadOnlyList<CelValue> a, long from)
    {
        var (text, part) = (CodePoints.Of(Text(a[0])), CodePoints.Of(Text(a[1])));
        if (from < 0 || from > text.Length) return new ErrorValue($"index out of range: {from}");
        var at = text.AsSpan((int)from).IndexOf(part);
        return new IntValue(at < 0 ? -1 : at + from);
    }

    private static CelValue LastIndexOf(IReadOnlyList<CelValue> a, long? from)
    {
        var (text, part) = (CodePoints.Of(Text(a[0])), CodePoints.Of(Text(a[1])));
        if (from is { } asked && (asked < 0 || asked > text.Length)) return new ErrorValue($"index out of range: {asked}");
        for (var at = Math.Min(from ?? text.Length, text.Length - part.Length); at >= 0; at--)
        {
            if (text.AsSpan((int)at).StartsWith(part)) return new IntValue(at);
        }

        return new IntValue(-1);
    }

    private static StringValue Replace(IReadOnlyList<CelValue> a, long limit)
    {
        var (text, from, to) = (Text(a[0]), Text(a[1]), Text(a[2]));
        if (limit == 0) return new StringValue(text);
        if (from.Length == 0)
        {
            // An empty needle lies before each character and at the end.
            var pieces = text.EnumerateRunes().Select(rune => rune.ToString()).ToList();
            var many = limit < 0 ? pieces.Count + 1 : Math.Min(limit, pieces.Count + 1);
            return new StringValue(
                string.Concat(pieces.Select((piece, i) => i < many ? to + piece : piece)) + (many > pieces.Count ? to : ""));
        }

        var parts = limit < 0 ? text.Split(from) : text.Split(from, (int)Math.Min(limit + 1, int.MaxValue));
        return new StringValue(string.Join(to, parts));
    }

    private static ListValue Split(IReadOnlyList<CelValue> a, long limit)
    {
        if (limit == 0) return new ListValue([]);
        var (text, separator) = (Text(a[0]), Text(a[1]));
        var count = (int)(limit < 0 ? int.MaxValue : Math.Min(limit, int.MaxValue));
        if (separator.Length > 0) return new ListValue([.. text.Split(separator, count).Select(part => new StringValue(part))]);

        var characters = text.EnumerateRunes().Select(rune => rune.ToString()).ToList();
        if (characters.Count > count) characters = [.. characters.Take(count - 1), string.Concat(characters.Skip(count - 1))];
        return new ListValue([.. characters.Select(part => new StringValue(part))]);
    }

    private static CelValue Join(IReadOnlyList<CelValue> a, string separator)
    {
        var elements = ((ListValue)a[0]).Elements;
        return elements.All(element => element is StringValue)
            ? new StringValue(string.Join(separator, elements.Select(Text)))
            : ErrorValue.NoSuchOverload("join", elements);
    }
}
