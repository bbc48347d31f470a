namespace Operator.Resources.Schemas;

/// <summary>How many entries a map may have, and the forms of keys and values.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class MapBoundsAttribute(int most, TextForm keys, TextForm values) : Attribute
{
    public int Most => most;
    public TextForm Keys => keys;
    public TextForm Values => values;
}
