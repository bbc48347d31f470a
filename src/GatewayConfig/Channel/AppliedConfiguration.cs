namespace GatewayConfig.Channel;

/// <summary>The configuration that a gateway runs from.</summary>
public sealed record AppliedConfiguration
{
    /// <summary>0 for a file that does not say.</summary>
    public long Revision { get; init; }

    /// <summary>True for a bundle, false for the mounted file.</summary>
    public bool IsPushed { get; init; }

    /// <summary><see cref="ContentDigest"/> of gateway.yaml.</summary>
    public string Digest { get; init => field = value ?? ""; } = "";

    /// <summary><see cref="ContentDigest"/> of the users file; null without one.</summary>
    public string? UsersDigest { get; init; }

    /// <summary>Users in that file.</summary>
    public int Users { get; init; }

    /// <summary>When it took force.</summary>
    public DateTimeOffset Since { get; init; }

    /// <summary>Fields that differ from what the gateway was started with and take effect when it is started again.</summary>
    public IReadOnlyList<string> NeedRestart { get; init => field = value ?? []; } = [];
}
