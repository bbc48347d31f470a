namespace SstpGateway.Metrics;

/// <summary>What became of a DNS query of a client.</summary>
public enum DnsOutcome
{
    Cached,
    Forwarded,

    /// <summary>No server answered in time.</summary>
    NoAnswer,

    /// <summary>Malformed, over the client's limit, or not from a client at all.</summary>
    Refused,
}
