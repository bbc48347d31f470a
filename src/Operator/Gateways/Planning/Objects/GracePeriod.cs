namespace Operator.Gateways.Planning.Objects;

/// <summary>
/// How long a pod may take to end. Kubernetes fixes it when the pod starts, so another one rolls the pods and drops calls; it
/// only has to be long enough. So it goes in steps, and a drain time within a step changes while the pods run (ADR 29).
/// </summary>
internal static class GracePeriod
{
    /// <summary>Time beyond the drain for a gateway to say good-bye to its callers and to end.</summary>
    public static readonly TimeSpan EndTime = TimeSpan.FromSeconds(15);

    // The last is for the longest drain time there is.
    private static readonly TimeSpan[] Steps =
    [
        TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15), TimeSpan.FromHours(1),
        TimeSpan.FromHours(4), TimeSpan.FromHours(12),
        TimeSpan.FromHours(24) + EndTime,
    ];

    /// <param name="drainTime">At most 24 h.</param>
    /// <returns>At least that and <see cref="EndTime"/>.</returns>
    public static TimeSpan For(TimeSpan drainTime) => Steps.First(step => step >= drainTime + EndTime);
}
