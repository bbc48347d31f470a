namespace Operator.Resources.Schemas;

/// <summary>Makes a record a kind of the API.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ResourceKindAttribute(string plural, string shortName) : Attribute
{
    public string Plural => plural;
    public string ShortName => shortName;
}
