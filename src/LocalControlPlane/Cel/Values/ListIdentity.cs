namespace LocalControlPlane.Cel.Values;

/// <summary>What makes two elements of a list the same one (x-kubernetes-list-type).</summary>
/// <param name="Keys">Fields of the element that identify it; none for a set, whose whole elements do.</param>
public sealed record ListIdentity(IReadOnlyList<string> Keys)
{
    public bool Same(CelValue left, CelValue right)
    {
        if (Keys.Count == 0) return left.EqualTo(right);
        return left is ObjectValue a && right is ObjectValue b && Keys.All(key => (a.Field(key), b.Field(key)) switch
        {
            (null, null) => true,
            ({ } x, { } y) => x.EqualTo(y),
            _ => false,
        });
    }
}
