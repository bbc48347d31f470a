namespace GatewayConfig.Channel;

/// <summary>The answer to a bundle.</summary>
public sealed record PushResult
{
    public PushVerdict Verdict { get; init; }

    /// <summary>What is in force after the push.</summary>
    public AppliedConfiguration InForce { get; init => field = value ?? new(); } = new();

    /// <summary>Every mistake of a bundle that is refused; empty otherwise.</summary>
    public IReadOnlyList<ConfigurationMistake> Mistakes { get; init => field = value ?? []; } = [];

    /// <summary>Fields that have changed but take effect only when the gateway is started again,
    /// as gateway.yaml spells them.</summary>
    public IReadOnlyList<string> NeedRestart { get; init => field = value ?? []; } = [];
}
