namespace Operator.Certificates.Policies;

/// <summary>The last part of a certificate's life, in which no renewal is planned,
/// so that a CA's bad days fit into it. Pure.</summary>
/// <remarks>
/// RFC 9773 lets a CA say when; that the certificate outlives the answer is the client's affair. A CA may be away for three days,
/// and be asked once an hour then (<see cref="BackOff"/>), so five days hold some seventy attempts in the outage and more after
/// it. Short-lived certificates have no five days to spare: half of the lifetime has to do. See ADR 53.
/// </remarks>
internal static class RenewalReserve
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(5);

    /// <summary>The latest moment for a renewal to be planned at.</summary>
    public static DateTimeOffset LatestPick(DateTimeOffset notBefore, DateTimeOffset notAfter) =>
        notAfter - Of(notBefore, notAfter);

    public static TimeSpan Of(DateTimeOffset notBefore, DateTimeOffset notAfter)
    {
        var half = (notAfter - notBefore) / 2;
        return half < Longest ? half : Longest;
    }
}
