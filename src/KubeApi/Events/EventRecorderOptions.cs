namespace KubeApi.Events;

/// <summary>Who speaks, and how much.</summary>
public sealed record EventRecorderOptions
{
    /// <summary>Qualified by a domain: "example.dev/operator".</summary>
    public required string Controller { get; init; }

    /// <summary>Which replica, such as the pod's name. At most 128 characters.</summary>
    public required string Instance { get; init; }

    /// <summary>Events that may wait to be written; more are dropped, and counted. Default 1,000.</summary>
    public int Capacity { get; init; } = 1000;

    /// <summary>Events about one object at once; after that one each five minutes, as client-go. Default 25.</summary>
    public int Burst { get; init; } = 25;

    /// <summary>How often one event is tried. Default 12.</summary>
    public int Attempts { get; init; } = 12;
}
