using System.Net;

namespace Operator.Dns.Failover;

/// <summary>Looks at one address as a client would.</summary>
public interface ITargetProbe
{
    /// <summary>One look. What is wrong with the target is in the result; only cancellation is thrown.</summary>
    Task<ProbeResult> LookAsync(IPAddress address, ProbePlan plan, CancellationToken stopping);
}
