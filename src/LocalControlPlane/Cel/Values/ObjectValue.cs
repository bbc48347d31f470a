using LocalControlPlane.Cel.Types;

namespace LocalControlPlane.Cel.Values;

/// <summary>A value with named fields, such as an object of a schema.</summary>
public abstract class ObjectValue : CelValue
{
    public abstract override CelType Type { get; }

    /// <summary>Names of the fields that are there.</summary>
    public abstract IEnumerable<string> FieldNames { get; }

    /// <summary>The field, or null when it is absent.</summary>
    public abstract CelValue? Field(string name);

    public override bool EqualTo(CelValue other)
    {
        if (other is not ObjectValue o) return false;
        var mine = FieldNames.ToList();
        return mine.Count == o.FieldNames.Count()
            && mine.All(name => o.Field(name) is { } theirs && Field(name)!.EqualTo(theirs));
    }

    public override string ToString() => $"{{{string.Join(", ", FieldNames.Select(name => $"{name}: {Field(name)}"))}}}";
}
