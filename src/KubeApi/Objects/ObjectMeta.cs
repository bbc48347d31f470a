namespace KubeApi.Objects;

/// <summary>metav1.ObjectMeta, as far as a controller reads it. What is not named here stays in the object's JSON.</summary>
/// <remarks>Generated readers set what the text leaves out to null, whatever the initialiser says (dotnet/runtime#84484);
/// each field puts that right.</remarks>
public sealed record ObjectMeta
{
    public string Name { get; init => field = value ?? ""; } = "";

    /// <summary>Empty for a cluster-scoped object.</summary>
    public string Namespace { get; init => field = value ?? ""; } = "";

    /// <summary>Tells an object from another that had the same name before.</summary>
    public string Uid { get; init => field = value ?? ""; } = "";

    /// <summary>Opaque: good for equality, and for handing back, and nothing else.</summary>
    public string ResourceVersion { get; init => field = value ?? ""; } = "";

    /// <summary>Rises when the spec changes, and when deletion is asked for. 0 for kinds that have none.</summary>
    public long Generation { get; init; }

    public DateTimeOffset? CreationTimestamp { get; init; }

    /// <summary>When somebody asked for deletion; null while nobody has.</summary>
    public DateTimeOffset? DeletionTimestamp { get; init; }

    public IReadOnlyDictionary<string, string> Labels { get; init => field = value ?? Empty; } = Empty;

    public IReadOnlyDictionary<string, string> Annotations { get; init => field = value ?? Empty; } = Empty;

    public IReadOnlyList<string> Finalizers { get; init => field = value ?? []; } = [];

    public IReadOnlyList<OwnerReference> OwnerReferences { get; init => field = value ?? []; } = [];

    /// <summary>Deletion was asked for: the spec no longer counts, only cleaning up does.</summary>
    public bool IsDeleting => DeletionTimestamp is not null;

    /// <summary>The one owner that acts on the object; null when no controller does.</summary>
    public OwnerReference? Controller => OwnerReferences.FirstOrDefault(owner => owner.Controller);

    private static readonly IReadOnlyDictionary<string, string> Empty = new Dictionary<string, string>();
}
