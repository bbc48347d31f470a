using Operator.Certificates.Acme.Wire;
using Operator.Resources.SstpCertificates;

namespace Operator.Certificates.Policies;

/// <summary>Follows renewal information (RFC 9773 section 4.2) without trusting it blindly. Pure.</summary>
internal static class RenewalWindowPolicy
{
    /// <summary>Section 4.3.2: a few times a day is often enough to hear of a mass revocation.</summary>
    private static readonly TimeSpan UsualCheck = TimeSpan.FromHours(6);

    private static readonly TimeSpan SoonestCheck = TimeSpan.FromHours(1);
    private static readonly TimeSpan LatestCheck = TimeSpan.FromHours(12);

    /// <param name="before">What was known; null at the first answer.</param>
    /// <param name="pick">The renewal time that stands; kept unless the window is another one.</param>
    /// <param name="info">Null when the CA could not be asked or made no sense: what was known stays.</param>
    /// <param name="random">0 to 1.</param>
    public static (RenewalWindow Window, DateTimeOffset Pick) Merge(
        RenewalWindow? before,
        DateTimeOffset pick,
        RenewalInfo? info,
        DateTimeOffset? retryAt,
        DateTimeOffset notBefore,
        DateTimeOffset notAfter,
        DateTimeOffset now,
        double random)
    {
        var nextCheck = Seconds(now + Clamp(retryAt - now ?? UsualCheck * (0.9 + 0.2 * random)));
        if (info is null || !IsUsable(info.SuggestedWindow, notBefore, notAfter))
            return ((before ?? new RenewalWindow()) with { NextCheck = nextCheck }, pick);

        var (start, end) = (Seconds(info.SuggestedWindow.Start), Seconds(info.SuggestedWindow.End));
        var window = new RenewalWindow
        {
            Start = start, End = end, NextCheck = nextCheck, ExplanationUrl = info.ExplanationURL?.AbsoluteUri,
        };
        if (before is not null && before.Start == start && before.End == end) return (window, pick);

        var chosen = Seconds(Choose(start, end, notBefore, notAfter, random));
        return (window, chosen < now ? Seconds(now) : chosen);
    }

    /// <summary>A window that began before the certificate did speaks of its predecessor, and renewing would never end;
    /// one after its end is of no use.</summary>
    private static bool IsUsable(SuggestedWindow window, DateTimeOffset notBefore, DateTimeOffset notAfter) =>
        window.Start < window.End && window.Start > notBefore && window.Start < notAfter;

    /// <summary>Anywhere in the part of the window that leaves the reserve alone; where there is none,
    /// shortly before it, spread as without a window.</summary>
    private static DateTimeOffset Choose(
        DateTimeOffset start, DateTimeOffset end, DateTimeOffset notBefore, DateTimeOffset notAfter, double random)
    {
        var latest = RenewalReserve.LatestPick(notBefore, notAfter);
        if (end > latest) end = latest;
        if (start < end) return start + (end - start) * random;

        var (reserve, third) = (RenewalReserve.Of(notBefore, notAfter), (notAfter - notBefore) / 3);
        return latest - (reserve > third ? reserve : third) * 0.1 * random;
    }

    private static TimeSpan Clamp(TimeSpan wait) => wait < SoonestCheck ? SoonestCheck : wait > LatestCheck ? LatestCheck : wait;

    private static DateTimeOffset Seconds(DateTimeOffset time) =>
        new(time.UtcTicks - time.UtcTicks % TimeSpan.TicksPerSecond, TimeSpan.Zero);
}
