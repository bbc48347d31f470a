namespace Operator.Resources.Schemas;

/// <summary>A list whose entries are told apart by one field (<c>x-kubernetes-list-type: map</c>): each value once,
/// and server-side apply merges by it.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class KeyedByAttribute(string key) : Attribute
{
    /// <summary>The field as JSON spells it.</summary>
    public string Key => key;
}
