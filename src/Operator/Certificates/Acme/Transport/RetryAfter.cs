using System.Net.Http.Headers;

namespace Operator.Certificates.Acme.Transport;

/// <summary>What a CA says about coming back (RFC 9110 section 10.2.3): a number of seconds or a date.</summary>
internal static class RetryAfter
{
    private static readonly TimeSpan ShortestPoll = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPoll = TimeSpan.FromDays(1);

    /// <returns>Null when the CA says nothing, or nothing that can be read. Never before <paramref name="now"/>.</returns>
    public static DateTimeOffset? Read(HttpResponseHeaders headers, DateTimeOffset now)
    {
        if (headers.RetryAfter is not { } value) return null;

        if (value.Date is { } date) return date > now ? date : now;

        // A delta above a year would be a mistake of the CA; a certificate would be long dead by then.
        return now
            + TimeSpan.FromSeconds(Math.Min((value.Delta ?? TimeSpan.Zero).TotalSeconds, TimeSpan.FromDays(365).TotalSeconds));
    }

    /// <summary>How long to wait before the same object is asked for again: at least a second, at most a day.</summary>
    /// <param name="fallback">Without a word of the CA.</param>
    public static TimeSpan ForPoll(DateTimeOffset? retryAt, DateTimeOffset now, TimeSpan fallback)
    {
        var wait = retryAt - now ?? fallback;
        return wait < ShortestPoll ? ShortestPoll : wait > LongestPoll ? LongestPoll : wait;
    }
}
