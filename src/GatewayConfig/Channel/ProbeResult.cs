namespace GatewayConfig.Channel;

/// <summary>What a gateway saw.</summary>
public sealed record ProbeResult
{
    /// <summary>Whether everything that was asked for worked. A certificate is reported, not judged:
    /// it may be a placeholder.</summary>
    public bool IsReachable { get; init; }

    /// <summary>What went wrong, or null.</summary>
    public string? Problem { get; init; }

    /// <summary>What the name resolved to; empty when an address was given.</summary>
    public IReadOnlyList<string> Addresses { get; init => field = value ?? []; } = [];

    /// <summary>The address that took the connection.</summary>
    public string? Address { get; init; }

    /// <summary>What TLS showed; null when it did not get that far.</summary>
    public ServedCertificate? Certificate { get; init; }

    /// <summary>The certificates it was shown, the server's own first, as PEM; empty when it did not get that far.</summary>
    public IReadOnlyList<string> Chain { get; init => field = value ?? []; } = [];

    /// <summary>Status code of the answer to SSTP's HTTP request; null when it did not get that far.</summary>
    public int? HttpStatus { get; init; }

    public double Milliseconds { get; init; }
}
