namespace SstpGateway.Metrics;

/// <summary>What the first HTTP request on a connection turned out to be.</summary>
public enum RequestOutcome
{
    /// <summary>SSTP; a call begins.</summary>
    Sstp,

    /// <summary>SSTP, but the gateway cannot take calls: it has only a placeholder certificate, drains, or is full.</summary>
    SstpRefused,

    /// <summary>Something else: the decoy answers.</summary>
    Decoy,

    /// <summary>limits.preambleTimeout.</summary>
    Timeout,
}
