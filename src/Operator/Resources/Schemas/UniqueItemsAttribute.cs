namespace Operator.Resources.Schemas;

/// <summary>A list of plain values, each at most once (<c>x-kubernetes-list-type: set</c>).</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class UniqueItemsAttribute : Attribute;
