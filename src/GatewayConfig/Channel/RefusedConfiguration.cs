namespace GatewayConfig.Channel;

/// <summary>Content that a gateway was given and does not run from.</summary>
public sealed record RefusedConfiguration
{
    /// <summary>0 for a mounted file, of which it may not even be known.</summary>
    public long Revision { get; init; }

    /// <summary>True for a bundle, false for a mounted file.</summary>
    public bool IsPushed { get; init; }

    /// <summary><see cref="ContentDigest"/> of gateway.yaml; null when it could not be read.</summary>
    public string? Digest { get; init; }

    public DateTimeOffset At { get; init; }

    /// <summary>All of them; at least one.</summary>
    public IReadOnlyList<ConfigurationMistake> Mistakes { get; init => field = value ?? []; } = [];
}
