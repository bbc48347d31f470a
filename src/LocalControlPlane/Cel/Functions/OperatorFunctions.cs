using LocalControlPlane.Cel.Types;
using LocalControlPlane.Cel.Values;
using static LocalControlPlane.Cel.Types.CelType;

namespace LocalControlPlane.Cel.Functions;

/// <summary>Operators, by their names in the specification ("List of Standard Definitions").
/// Logic and ?: are the evaluator's.</summary>
internal static class OperatorFunctions
{
    private static readonly CelType[] Ordered =
        [CelType.Bool, Int, Uint, CelType.Double, CelType.String, Bytes, Timestamp, Duration];

    public static IEnumerable<CelFunction> All { get; } =
    [
        .. Arithmetic.All,
        Operator("!_", [Bool], Bool, a => BoolValue.Of(!((BoolValue)a[0]).Value)),
        Operator("_==_", [A, A], Bool, a => BoolValue.Of(a[0].EqualTo(a[1]))),
        Operator("_!=_", [A, A], Bool, a => BoolValue.Of(!a[0].EqualTo(a[1]))),
        .. Comparison("_<_", order => order < 0),
        .. Comparison("_<=_", order => order <= 0),
        .. Comparison("_>_", order => order > 0),
        .. Comparison("_>=_", order => order >= 0),
        Operator("@in", [A, List(A)], Bool, a => BoolValue.Of(((ListValue)a[1]).Elements.Any(element => element.EqualTo(a[0])))),
        Operator("@in", [A, Map(A, B)], Bool, a => BoolValue.Of(((MapValue)a[1]).Find(a[0]) is not null)),
        Operator("_[_]", [List(A), Int], A, a => At((ListValue)a[0], a[1])),
        Operator("_[_]", [Map(A, B), A], B, a => ((MapValue)a[0]).Find(a[1]) ?? ErrorValue.NoSuchKey(a[1].ToString())),
        Operator("_[_]", [List(A), Dyn], A, a => At((ListValue)a[0], a[1])) with { AtRunTimeOnly = true },
        .. Sizes(),
    ];

    private static CelFunction Operator(
        string name, CelType[] parameters, CelType result, Func<IReadOnlyList<CelValue>, CelValue> apply) =>
        new(name, false, parameters, result, apply);

    private static IEnumerable<CelFunction> Comparison(string name, Func<int, bool> holds)
    {
        CelValue Compare(IReadOnlyList<CelValue> a)
        {
            if (a[0].CompareTo(a[1]) is { } order) return BoolValue.Of(holds(order));
            var isNaN = a[0] is DoubleValue or IntValue or UintValue && a[1] is DoubleValue or IntValue or UintValue;
            return isNaN ? BoolValue.False : ErrorValue.NoSuchOverload(name, a);
        }

        foreach (var type in Ordered) yield return Operator(name, [type, type], Bool, Compare);
        yield return Operator(name, [Dyn, Dyn], Bool, Compare) with { AtRunTimeOnly = true };
    }

    private static CelValue At(ListValue list, CelValue index)
    {
        long? at = index switch
        {
            IntValue i => i.Value,
            UintValue u when u.Value <= long.MaxValue => (long)u.Value,
            DoubleValue d when d.Value == Math.Floor(d.Value) && Math.Abs(d.Value) < int.MaxValue => (long)d.Value,
            _ => null,
        };
        if (at is not { } found) return ErrorValue.NoSuchOverload("_[_]", [list, index]);
        return found >= 0 && found < list.Elements.Count
            ? list.Elements[(int)found]
            : new ErrorValue($"index out of bounds: {found}");
    }

    private static IEnumerable<CelFunction> Sizes()
    {
        static CelValue Size(IReadOnlyList<CelValue> a) => new IntValue(a[0] switch
        {
            StringValue s => s.Size,
            BytesValue b => b.Value.Length,
            ListValue l => l.Elements.Count,
            _ => ((MapValue)a[0]).Entries.Count,
        });

        foreach (var type in new[] { CelType.String, Bytes, List(A), Map(A, B) })
        {
            yield return new CelFunction("size", false, [type], Int, Size);
            yield return new CelFunction("size", true, [type], Int, Size);
        }
    }
}
