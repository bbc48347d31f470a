using LocalControlPlane.Cel.Types;
using LocalControlPlane.Cel.Values;
using static LocalControlPlane.Cel.Types.CelType;

namespace LocalControlPlane.Cel.Functions;

/// <summary>Kubernetes' functions on lists: isSorted, sum, min, max, indexOf, lastIndexOf.</summary>
internal static class ListFunctions
{
    private static readonly CelType[] Ordered =
        [Int, Uint, CelType.Double, CelType.Bool, Duration, Timestamp, CelType.String, Bytes];

    public static IEnumerable<CelFunction> All { get; } =
    [
        .. Ordered.Select(type => Method("isSorted", [List(type)], Bool, IsSorted)),
        .. Ordered.Select(type => Method("min", [List(type)], type, a => Extreme("min", a, -1))),
        .. Ordered.Select(type => Method("max", [List(type)], type, a => Extreme("max", a, 1))),
        Method("sum", [List(Int)], Int, a => Sum(a, new IntValue(0))),
        Method("sum", [List(Uint)], Uint, a => Sum(a, new UintValue(0))),
        Method("sum", [List(CelType.Double)], CelType.Double, a => Sum(a, new DoubleValue(0))),
        Method("sum", [List(Duration)], Duration, a => Sum(a, new DurationValue(0))),
        Method("indexOf", [List(A), A], Int, a => new IntValue(Elements(a).FindIndex(element => element.EqualTo(a[1])))),
        Method("lastIndexOf", [List(A), A], Int, a => new IntValue(Elements(a).FindLastIndex(element => element.EqualTo(a[1])))),
    ];

    private static CelFunction Method(
        string name, CelType[] parameters, CelType result, Func<IReadOnlyList<CelValue>, CelValue> apply) =>
        new(name, true, parameters, result, apply);

    private static List<CelValue> Elements(IReadOnlyList<CelValue> arguments) => [.. ((ListValue)arguments[0]).Elements];

    private static CelValue IsSorted(IReadOnlyList<CelValue> arguments)
    {
        var elements = Elements(arguments);
        for (var i = 1; i < elements.Count; i++)
        {
            if (elements[i - 1].CompareTo(elements[i]) is not { } order) return ErrorValue.NoSuchOverload("isSorted", elements);
            if (order > 0) return BoolValue.False;
        }

        return BoolValue.True;
    }

    private static CelValue Extreme(string name, IReadOnlyList<CelValue> arguments, int wanted)
    {
        var elements = Elements(arguments);
        if (elements.Count == 0) return new ErrorValue($"{name} called on empty list");
        var best = elements[0];
        foreach (var element in elements.Skip(1))
        {
            if (element.CompareTo(best) is not { } order) return ErrorValue.NoSuchOverload(name, elements);
            if (order == wanted) best = element;
        }

        return best;
    }

    private static CelValue Sum(IReadOnlyList<CelValue> arguments, CelValue zero)
    {
        var sum = zero;
        var first = true;
        foreach (var element in Elements(arguments))
        {
            // A list whose type was unknown brings the kind of its first element.
            CelValue[] pair = [first ? ZeroLike(element) ?? zero : sum, element];
            first = false;
            var add = CelLibrary.Overloads("_+_", false).FirstOrDefault(overload => overload.Takes(pair));
            if (add is null) return ErrorValue.NoSuchOverload("sum", pair);
            sum = add.Apply(pair);
            if (sum is ErrorValue) return sum;
        }

        return sum;
    }

    private static CelValue? ZeroLike(CelValue element) => element switch
    {
        IntValue => new IntValue(0),
        UintValue => new UintValue(0),
        DoubleValue => new DoubleValue(0),
        DurationValue => new DurationValue(0),
        _ => null,
    };
}
