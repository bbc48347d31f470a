namespace CloudEdge.CloudInit;

/// <summary>A cloud-init document, as far as an edge needs one.</summary>
public sealed record CloudConfig
{
    public required string Hostname { get; init; }

    /// <summary>Packages of the distribution.</summary>
    public IReadOnlyList<string> Packages { get; init; } = [];

    public IReadOnlyList<CloudFile> Files { get; init; } = [];

    /// <summary>Commands run once at the first boot, each a program and its arguments: no shell reads them.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Commands { get; init; } = [];
}
