namespace Operator.Dns.Failover;

/// <summary>What one look at a target found.</summary>
/// <param name="Message">What went wrong; for a good one what was found, such as the certificate's last day.</param>
public sealed record ProbeResult(bool IsGood, string Message);
