namespace CloudEdge.Providers.Aws;

/// <summary>The machine's disk.</summary>
public sealed record RootBlockDevice
{
    /// <summary>In GiB.</summary>
    public required int VolumeSize { get; init; }

    public required string VolumeType { get; init; }

    public required bool Encrypted { get; init; }
}
