namespace Operator.Resources;

/// <summary>Who an object belongs to; it is deleted with its owner.</summary>
public sealed record OwnerReference
{
    public string ApiVersion { get; init; } = "";
    public string Kind { get; init; } = "";
    public string Name { get; init; } = "";
    public string Uid { get; init; } = "";

    /// <summary>True for the one owner that also manages the object.</summary>
    public bool? Controller { get; init; }

    public bool? BlockOwnerDeletion { get; init; }
}
