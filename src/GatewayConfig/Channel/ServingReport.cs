namespace GatewayConfig.Channel;

/// <summary>The gateway's confirmation that something it was given is being served.</summary>
public sealed record ServingReport
{
    /// <summary>True when a visitor of any of the gateway's addresses would get it now.</summary>
    public bool IsServing { get; init; }

    /// <summary>"address:port" where it is served.</summary>
    public IReadOnlyList<string> Addresses { get; init => field = value ?? []; } = [];

    /// <summary>Why it is not served, not everywhere, or not after a restart, and what to do; null when all is well.</summary>
    public string? Problem { get; init; }
}
