using LocalControlPlane.Cel.Types;

namespace LocalControlPlane.Cel.Values;

/// <summary>A list. Kubernetes compares and joins lists that are sets or maps by a schema without regard to order.</summary>
/// <param name="identity">What tells two elements of a set or map list apart, or null for a plain list.</param>
public sealed class ListValue(IReadOnlyList<CelValue> elements, ListIdentity? identity = null) : CelValue
{
    public IReadOnlyList<CelValue> Elements { get; } = elements;

    public ListIdentity? Identity { get; } = identity;

    public override CelType Type => CelType.List(CelType.Dyn);

    public override bool EqualTo(CelValue other)
    {
        if (other is not ListValue list || list.Elements.Count != Elements.Count) return false;
        if ((Identity ?? list.Identity) is not { } unordered)
            return Elements.Zip(list.Elements).All(pair => pair.First.EqualTo(pair.Second));
        return Elements.All(mine => list.Elements.Any(theirs => unordered.Same(mine, theirs) && mine.EqualTo(theirs)));
    }

    /// <summary>
    /// This list and then the other. In a set, elements that are there already are left out; in a map list they take the
    /// place of the ones with their keys.
    /// </summary>
    public ListValue Concat(ListValue other)
    {
        if (Identity is null) return new ListValue([.. Elements, .. other.Elements]);

        var joined = Elements.ToList();
        foreach (var element in other.Elements)
        {
            var at = joined.FindIndex(mine => Identity.Same(mine, element));
            if (at < 0) joined.Add(element);
            else joined[at] = element;
        }

        return new ListValue(joined, Identity);
    }

    public override string ToString() => $"[{string.Join(", ", Elements)}]";
}
