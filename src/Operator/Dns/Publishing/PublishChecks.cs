namespace Operator.Dns.Publishing;

/// <summary>The checks between a wanted address and a request. Pure; the first that
/// objects gives the reason the user reads.</summary>
public static class PublishChecks
{
    /// <summary>The record waits because its own attempts failed.</summary>
    public const string BackingOffReason = "BackingOff";

    public static IReadOnlyList<Func<PublishFacts, PublishVerdict?>> InOrder { get; } =
        [NothingKnown, Paused, LockedOut, UpToDate, DryRun, BackingOff, TooSoonForService, Damped, TooSoon];

    public static PublishVerdict Decide(PublishFacts facts) =>
        InOrder.Select(check => check(facts)).FirstOrDefault(verdict => verdict is not null) ?? new PublishVerdict.Publish();

    // A source that fails never empties a name.
    private static PublishVerdict.Stopped? NothingKnown(PublishFacts facts) =>
        facts.Wanted.IsEmpty
            ? new PublishVerdict.Stopped("NoAddress", "No address is known yet; what is published stays.")
            : null;

    private static PublishVerdict.Stopped? Paused(PublishFacts facts) =>
        facts.IsPaused
            ? new PublishVerdict.Stopped("Paused", "Nothing is sent while the annotation vpn.sstp-operator.dev/paused is true.")
            : null;

    private static PublishVerdict.Stopped? LockedOut(PublishFacts facts) =>
        facts.Lockout is { } lockout
            ? new PublishVerdict.Stopped(lockout.Class, lockout.Message ?? "The service has refused for good.")
            : null;

    private static PublishVerdict.UpToDate? UpToDate(PublishFacts facts) =>
        facts.Wanted.Equals(facts.Published) && !facts.IsRefreshDue ? new PublishVerdict.UpToDate() : null;

    private static PublishVerdict.Stopped? DryRun(PublishFacts facts) =>
        facts.IsDryRun
            ? new PublishVerdict.Stopped("DryRun", $"Would publish {facts.Wanted} in place of {facts.Published}.")
            : null;

    private static PublishVerdict.Wait? BackingOff(PublishFacts facts) =>
        facts.NotBefore > facts.Now
            ? new PublishVerdict.Wait(
                BackingOffReason, "The service failed; it is asked again at nextAttempt.", facts.NotBefore.Value)
            : null;

    private static PublishVerdict.Wait? TooSoonForService(PublishFacts facts) =>
        facts.LastPublished + facts.ServiceInterval is { } free && free > facts.Now && facts.ServiceInterval > TimeSpan.Zero
            ? new PublishVerdict.Wait("ServiceInterval", "The service's rules ask for more time between two changes.", free)
            : null;

    private static PublishVerdict.Wait? Damped(PublishFacts facts) =>
        !facts.IsAuthoritative && facts.Penalty.IsSuppressed(facts.Now) && !facts.Published.IsEmpty
            ? new PublishVerdict.Wait(
                "FlapDamped", $"The address changes too often; {facts.Wanted} waits until the line is calm.",
                facts.Penalty.Until!.Value)
            : null;

    private static PublishVerdict.Wait? TooSoon(PublishFacts facts) =>
        !facts.IsAuthoritative && facts.LastPublished + facts.MinimumInterval is { } free && free > facts.Now
            ? new PublishVerdict.Wait("MinimumInterval", "The last change was a moment ago.", free)
            : null;
}
