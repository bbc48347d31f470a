using System.Net;
using Operator.Certificates.Ordering;

namespace Operator.Certificates.Challenges;

/// <summary>Asks one address for a proof, as a CA does.</summary>
internal interface IAnswerProbe
{
    /// <returns>Null when it answers rightly, or cannot be reached from here for want of a route; else what is wrong.</returns>
    Task<string?> ProbeAsync(IPAddress address, ChallengeProgress challenge, CancellationToken stopping);
}
