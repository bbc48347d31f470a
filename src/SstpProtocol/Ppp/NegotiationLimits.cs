namespace SstpProtocol.Ppp;

/// <summary>The counters and the timer of RFC 1661 section 4.6, with its defaults.</summary>
public sealed record NegotiationLimits
{
    /// <summary>Wait before a Configure- or Terminate-Request is sent again. Default 3 s.</summary>
    public TimeSpan RestartTimer { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>
    /// Max-Configure: Configure-Requests without an answer, and refusals in a row, before giving up. Default 10.
    /// </summary>
    public int MaxConfigure { get; init; } = 10;

    /// <summary>Max-Terminate. Default 2.</summary>
    public int MaxTerminate { get; init; } = 2;

    /// <summary>Max-Failure: Configure-Naks sent before the options at issue are rejected instead. Default 5.</summary>
    public int MaxFailure { get; init; } = 5;
}
