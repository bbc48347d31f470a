using Operator.Dns.Providers;

namespace Operator.Dns.Publishing;

/// <summary>How long to leave a service alone after failures in a row. Pure.</summary>
public static class BackOff
{
    /// <summary>No-IP and Dyn ask for it after <c>911</c>.</summary>
    public static readonly TimeSpan DownFloor = TimeSpan.FromMinutes(30);

    /// <summary>What nobody understands is not repeated quickly.</summary>
    public static readonly TimeSpan UnknownFloor = TimeSpan.FromMinutes(15);

    /// <summary>The wait after the <paramref name="failures"/>th failure in a row.</summary>
    /// <param name="jitter">0 to 1, drawn by the caller; spreads the wait from 100 to 120 %, never below what was meant.</param>
    public static TimeSpan After(ProviderFailure failure, int failures, TimeSpan initial, TimeSpan maximum, double jitter)
    {
        var doubled = initial * Math.Pow(2, Math.Clamp(failures - 1, 0, 30));
        var wait = (doubled < maximum ? doubled : maximum) * (1 + 0.2 * jitter);
        var floor = failure.Class switch
        {
            FailureClass.ProviderDown => DownFloor,
            FailureClass.Unknown => UnknownFloor,
            _ => TimeSpan.Zero,
        };
        return new[] { wait, floor, failure.RetryAfter ?? TimeSpan.Zero }.Max();
    }
}
