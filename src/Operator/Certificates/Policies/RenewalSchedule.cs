namespace Operator.Certificates.Policies;

/// <summary>When a certificate is renewed without a word of its CA. Pure.</summary>
internal static class RenewalSchedule
{
    /// <summary>Below this lifetime a third would be too short for a CA's bad day.</summary>
    private static readonly TimeSpan ShortLived = TimeSpan.FromDays(10);

    /// <summary>At two thirds of the lifetime, or half of it for short-lived ones;
    /// earlier by up to a tenth of what is left then.</summary>
    /// <param name="renewBefore">How long before the end the resource asks for; not followed when
    /// the certificate lives less than twice as long.</param>
    /// <param name="random">0 to 1. Pick once a certificate and keep the result:
    /// with a fresh one each time the moment may never come.</param>
    public static DateTimeOffset Pick(DateTimeOffset notBefore, DateTimeOffset notAfter, TimeSpan? renewBefore, double random)
    {
        var lifetime = notAfter - notBefore;
        var left = renewBefore is { } wanted && wanted * 2 <= lifetime ? wanted
            : lifetime < ShortLived ? lifetime / 2
            : lifetime / 3;
        var time = notAfter - left - left * 0.1 * random;

        // Whole seconds, as status has them: a pick that loses its fraction on the way would come too early for itself.
        return new DateTimeOffset(time.Ticks - time.Ticks % TimeSpan.TicksPerSecond, TimeSpan.Zero);
    }
}
