namespace Operator.Dns.Providers;

/// <summary>How a change went. Closed: these three and no others.</summary>
public abstract record ProviderOutcome
{
    private ProviderOutcome()
    {
    }

    /// <summary>The service took the change. It is true only once the zone's servers say so.</summary>
    /// <param name="Words">The service's answer, safe to show.</param>
    public sealed record Applied(string Words) : ProviderOutcome;

    /// <summary>The service says that all was so already. Twice in a row for something we
    /// believed changed means our belief is wrong.</summary>
    /// <param name="Words">The service's answer, safe to show.</param>
    public sealed record Unchanged(string Words) : ProviderOutcome;

    public sealed record Failed(ProviderFailure Failure) : ProviderOutcome;

    /// <summary>Null when it succeeded.</summary>
    public ProviderFailure? FailureOrNull => (this as Failed)?.Failure;
}
