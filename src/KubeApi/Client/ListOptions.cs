namespace KubeApi.Client;

/// <summary>Which objects to list.</summary>
public sealed record ListOptions
{
    /// <summary>Null for every namespace.</summary>
    public string? Namespace { get; init; }

    public string? LabelSelector { get; init; }

    public string? FieldSelector { get; init; }

    /// <summary>Objects a page, default 500; servers may give more.</summary>
    public int PageSize { get; init; } = 500;

    /// <summary>Empty: the newest state, read through to storage. "0": whatever the server has in memory.
    /// Else: not older than this.</summary>
    public string ResourceVersion { get; init; } = "";

    /// <summary>Ask for metadata only: names, labels, owners and resourceVersion, and no content.</summary>
    public bool MetadataOnly { get; init; }
}
