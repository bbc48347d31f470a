namespace LocalControlPlane.Storage;

/// <summary>Where an object is stored.</summary>
/// <param name="Resource">Plural and group, such as <c>vpngateways.vpn.sstp-operator.dev</c>; the plural alone for the core
/// group. All versions of a kind, and both views of events, share one.</param>
/// <param name="Namespace">Empty for what is cluster-scoped.</param>
public readonly record struct ObjectKey(string Resource, string Namespace, string Name) : IComparable<ObjectKey>
{
    /// <summary>The order of lists: by namespace, then by name, byte for byte.</summary>
    public int CompareTo(ObjectKey other)
    {
        var order = string.CompareOrdinal(Resource, other.Resource);
        if (order == 0) order = string.CompareOrdinal(Namespace, other.Namespace);
        return order != 0 ? order : string.CompareOrdinal(Name, other.Name);
    }

    public override string ToString() => Namespace.Length == 0 ? $"{Resource}/{Name}" : $"{Resource}/{Namespace}/{Name}";

    public static bool operator <(ObjectKey left, ObjectKey right) => left.CompareTo(right) < 0;

    public static bool operator >(ObjectKey left, ObjectKey right) => left.CompareTo(right) > 0;

    public static bool operator <=(ObjectKey left, ObjectKey right) => left.CompareTo(right) <= 0;

    public static bool operator >=(ObjectKey left, ObjectKey right) => left.CompareTo(right) >= 0;
}
