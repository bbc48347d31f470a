namespace KubeApi.Client;

/// <summary>What to watch, and how long one connection may last.</summary>
public sealed record WatchOptions
{
    /// <summary>Null for every namespace.</summary>
    public string? Namespace { get; init; }

    public string? LabelSelector { get; init; }

    public string? FieldSelector { get; init; }

    /// <summary>Events after this one are sent.</summary>
    public required string ResourceVersion { get; init; }

    /// <summary>When the server closes the watch by itself. Draw it at random, else all watches reconnect together.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(5);

    public bool MetadataOnly { get; init; }
}
