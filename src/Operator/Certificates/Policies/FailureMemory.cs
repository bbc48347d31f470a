using Operator.Certificates.Acme.Transport;
using Operator.Resources.SstpCertificates;

namespace Operator.Certificates.Policies;

/// <summary>Failures as they are kept in status, so that a restart forgets nothing. Pure.</summary>
internal static class FailureMemory
{
    private const int LongestMessage = 2048;

    /// <summary>An order came to nothing.</summary>
    public static IssuanceFailures AfterOrder(
        IssuanceFailures? before, AcmeErrorClass? @class, string type, string message,
        DateTimeOffset? retryAt, long generation, DateTimeOffset now) =>
        new()
        {
            Count = (before?.Count ?? 0) + 1,
            Last = now,
            Class = @class?.ToString(),
            Generation = generation,
            Type = type,
            Message = Cut(message),
            RetryAfter = Later(before?.RetryAfter, retryAt),
        };

    /// <summary>Nobody did what was asked; the order, if there is one, goes on later.</summary>
    public static IssuanceFailures AfterTrouble(
        IssuanceFailures? before, string type, string message, DateTimeOffset? retryAt, DateTimeOffset now) =>
        (before ?? new IssuanceFailures()) with
        {
            Troubles = (before?.Troubles ?? 0) + 1,
            LastTrouble = now,
            Type = type,
            Message = Cut(message),
            RetryAfter = Later(before?.RetryAfter, retryAt),
        };

    /// <summary>All that was asked was done; orders that failed before still count.</summary>
    public static IssuanceFailures? AfterAnswer(IssuanceFailures? before) =>
        before is null or { Count: 0 } ? null : before.Troubles == 0 ? before : before with { Troubles = 0, LastTrouble = null };

    /// <summary>A person asked for a try at once. What the CA asked for stands.</summary>
    public static IssuanceFailures? AfterNudge(IssuanceFailures? before) =>
        before is null ? null : before with { Generation = -1, Troubles = 0, LastTrouble = null };

    public static AcmeErrorClass? ClassOf(IssuanceFailures failures) =>
        Enum.TryParse<AcmeErrorClass>(failures.Class, out var known) ? known : null;

    private static DateTimeOffset? Later(DateTimeOffset? one, DateTimeOffset? other) => one is null || other > one ? other : one;

    private static string Cut(string message) => message.Length <= LongestMessage ? message : message[..LongestMessage];
}
