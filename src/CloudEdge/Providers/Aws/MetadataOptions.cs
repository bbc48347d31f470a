namespace CloudEdge.Providers.Aws;

/// <summary>How the machine's metadata service is asked.</summary>
public sealed record MetadataOptions
{
    /// <summary>Either required (version 2 of the service alone) or optional.</summary>
    public required string HttpTokens { get; init; }
}
