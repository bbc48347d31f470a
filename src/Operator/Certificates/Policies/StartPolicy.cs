using Operator.Certificates.Acme.Transport;

namespace Operator.Certificates.Policies;

/// <summary>May an issue begin now, or go on? Pure. The first check to object gives the reason the user reads.</summary>
internal static class StartPolicy
{
    /// <summary>About what an order takes; times the length of the queue for each place, up to some minutes.</summary>
    private static readonly TimeSpan AskAgain = TimeSpan.FromSeconds(15);

    private const int LongestQueue = 20;

    private static readonly Func<StartFacts, StartRefusal?>[] ToBegin =
        [WrongResource, ToldToWait, InTrouble, BackingOff, TooManyDuplicates, TooManyUnderWay, TooManyOrders];

    private static readonly Func<StartFacts, StartRefusal?>[] ToGoOn = [ToldToWait, InTrouble];

    /// <returns>Null when a new order may begin.</returns>
    public static StartRefusal? ObjectionToBegin(StartFacts facts) => First(ToBegin, facts);

    /// <returns>Null when an order under way may go on.</returns>
    public static StartRefusal? ObjectionToGoOn(StartFacts facts) => First(ToGoOn, facts);

    private static StartRefusal? First(Func<StartFacts, StartRefusal?>[] checks, StartFacts facts)
    {
        foreach (var check in checks)
        {
            if (check(facts) is { } refusal) return refusal;
        }

        return null;
    }

    private static StartRefusal? WrongResource(StartFacts facts) =>
        facts.Failures is { } failures && FailureMemory.ClassOf(failures) == AcmeErrorClass.ResourceWrong
        && failures.Generation == facts.Generation
            ? new StartRefusal(
                StartRefusalReason.WaitingForChange,
                $"{failures.Message}. Change the resource; it is not tried again as it is",
                null)
            : null;

    /// <summary>A CA's word holds whatever happens to the resource: a changed one would be refused as well, and count.</summary>
    private static StartRefusal? ToldToWait(StartFacts facts) =>
        facts.Failures?.RetryAfter is { } time && time > facts.Now
            ? new StartRefusal(
                StartRefusalReason.RateLimitedByCA,
                $"{facts.Failures.Message}. The CA says when to come back: status.failures.nextAttempt", time)
            : null;

    private static StartRefusal? InTrouble(StartFacts facts) =>
        facts.Failures is { Troubles: > 0, LastTrouble: { } last } failures
            ? Until(
                last + BackOff.After(AcmeErrorClass.ServerTrouble, failures.Troubles, facts.Expires - last, facts.Identity),
                failures.Message, facts.Now)
            : null;

    /// <summary>A changed resource may be the cure, so it is tried at once.</summary>
    private static StartRefusal? BackingOff(StartFacts facts)
    {
        if (facts.Failures is not { Count: > 0, Last: { } last } failures || failures.Generation != facts.Generation) return null;

        var failure = FailureMemory.ClassOf(failures) ?? AcmeErrorClass.ValidationFailed;
        return Until(
            last + BackOff.After(failure, failures.Count, facts.Expires - last, facts.Identity), failures.Message, facts.Now);
    }

    private static StartRefusal? Until(DateTimeOffset time, string? message, DateTimeOffset now) =>
        time > now
            ? new StartRefusal(
                StartRefusalReason.BackingOff, $"{message}. It is tried again by itself: status.failures.nextAttempt", time)
            : null;

    private static StartRefusal? TooManyDuplicates(StartFacts facts)
    {
        var counted = facts.Issued.Where(time => time > facts.Now - facts.Limits.DuplicateWindow).Order().ToArray();
        return counted.Length < facts.Limits.Duplicates
            ? null
            : new StartRefusal(
                StartRefusalReason.DuplicateLimit,
                $"{facts.Limits.Duplicates} certificates for exactly these names were issued within "
                + $"{facts.Limits.DuplicateWindow.TotalDays:0.#} days, and CAs refuse more",
                counted[^facts.Limits.Duplicates] + facts.Limits.DuplicateWindow);
    }

    private static StartRefusal? TooManyUnderWay(StartFacts facts) =>
        facts.Active >= facts.Limits.Concurrent ? Busy(facts, $"{facts.Limits.Concurrent} orders are under way on this account")
        : facts.Open >= facts.Limits.Open
            ? Busy(facts, $"{facts.Limits.Open} orders are open on this account, most of which wait for something")
        : null;

    /// <summary>All places of the account are taken.</summary>
    public static StartRefusal Busy(StartFacts facts, string why) =>
        new(
            StartRefusalReason.AccountBusy, $"{why}; this one waits for its turn",
            facts.Now + AskAgain * Math.Min(1 + facts.Waiting / facts.Limits.Concurrent, LongestQueue));

    private static StartRefusal? TooManyOrders(StartFacts facts)
    {
        var counted = facts.StartedLately.Where(time => time > facts.Now - facts.Limits.OrderWindow).Order().ToArray();
        return counted.Length < facts.Limits.Orders
            ? null
            : new StartRefusal(
                StartRefusalReason.OrderRateLimit,
                $"{facts.Limits.Orders} orders were begun on this account within {facts.Limits.OrderWindow.TotalHours:0.#} "
                + "hours; this one waits for its turn",
                counted[^facts.Limits.Orders] + facts.Limits.OrderWindow);
    }
}
