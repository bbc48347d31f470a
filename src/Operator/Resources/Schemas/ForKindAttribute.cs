namespace Operator.Resources.Schemas;

/// <summary>A section that belongs to one value of the <c>kind</c> field beside it, and to no other.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ForKindAttribute(string kind) : Attribute
{
    public string Kind => kind;

    /// <summary>Whether the section must be there when the kind is this one; else its defaults do.</summary>
    public bool Required { get; init; } = true;
}
