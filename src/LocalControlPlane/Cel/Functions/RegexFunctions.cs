using System.Text.RegularExpressions;
using LocalControlPlane.Cel.Types;
using LocalControlPlane.Cel.Values;
using static LocalControlPlane.Cel.Types.CelType;

namespace LocalControlPlane.Cel.Functions;

/// <summary>matches() of the standard, find() and findAll() of Kubernetes.</summary>
internal static class RegexFunctions
{
    private static readonly CelType S = CelType.String;

    public static IEnumerable<CelFunction> All { get; } =
    [
        new("matches", true, [S, S], Bool, Matches),
        new("matches", false, [S, S], Bool, Matches),
        new("find", true, [S, S], S, a => With(a[1], regex => new StringValue(regex.Match(Text(a[0])).Value))),
        new("findAll", true, [S, S], List(S), a => With(a[1], regex => FindAll(regex, a[0], -1))),
        new("findAll", true, [S, S, Int], List(S), a => With(a[1], regex => FindAll(regex, a[0], ((IntValue)a[2]).Value))),
    ];

    private static CelValue Matches(IReadOnlyList<CelValue> a) => With(a[1], regex => BoolValue.Of(regex.IsMatch(Text(a[0]))));

    private static ListValue FindAll(Regex regex, CelValue text, long limit) =>
        new([.. regex.Matches(Text(text)).Take(limit < 0 ? int.MaxValue : (int)Math.Min(limit, int.MaxValue))
            .Select(m => new StringValue(m.Value))]);

    private static CelValue With(CelValue pattern, Func<Regex, CelValue> use) =>
        Re2.TryCompile(Text(pattern), out var regex, out var problem) ? use(regex) : new ErrorValue(problem);

    private static string Text(CelValue value) => ((StringValue)value).Value;
}
