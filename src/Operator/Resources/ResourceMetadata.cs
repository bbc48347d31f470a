using System.Text.Json.Serialization;

namespace Operator.Resources;

/// <summary>What the operator reads of an object's <c>metadata</c>; whoever writes
/// an object back keeps what is not here.</summary>
public sealed record ResourceMetadata
{
    public string Name { get; init; } = "";
    public string? Namespace { get; init; }
    public string? Uid { get; init; }

    /// <summary>Opaque; equal or not is all it tells.</summary>
    public string? ResourceVersion { get; init; }

    /// <summary>Rises with every change of the spec, and when deletion begins.</summary>
    public long Generation { get; init; }

    public DateTimeOffset? CreationTimestamp { get; init; }

    /// <summary>Set once deletion has begun; the object goes when its finalizers are gone.</summary>
    public DateTimeOffset? DeletionTimestamp { get; init; }

    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();
    public IReadOnlyDictionary<string, string> Annotations { get; init; } = new Dictionary<string, string>();
    public IReadOnlyList<string> Finalizers { get; init; } = [];
    public IReadOnlyList<OwnerReference> OwnerReferences { get; init; } = [];

    /// <summary>Whether the user has asked the operator
    /// to keep its hands off (<see cref="ApiGroup.PausedAnnotation"/>).</summary>
    [JsonIgnore]
    public bool IsPaused => Annotations.TryGetValue(ApiGroup.PausedAnnotation, out var paused) && paused == "true";
}
