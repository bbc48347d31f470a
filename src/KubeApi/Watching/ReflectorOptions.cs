namespace KubeApi.Watching;

/// <summary>What a reflector follows, and how patiently.</summary>
public sealed record ReflectorOptions
{
    /// <summary>Null for every namespace.</summary>
    public string? Namespace { get; init; }

    public string? LabelSelector { get; init; }

    public string? FieldSelector { get; init; }

    /// <summary>Follow metadata only: enough to learn that a Secret changed, without holding any.</summary>
    public bool MetadataOnly { get; init; }

    /// <summary>How long one watch lasts: drawn between this and twice this, so that watches do not all reconnect at once.
    /// Default 5 min.</summary>
    public TimeSpan ShortestWatch { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How often every object is shown again; null for never.</summary>
    public TimeSpan? Resync { get; init; }

    /// <summary>Objects a page of a list.</summary>
    public int PageSize { get; init; } = 500;
}
