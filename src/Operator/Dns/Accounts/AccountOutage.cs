using Operator.Dns.Providers;
using Operator.Dns.Publishing;

namespace Operator.Dns.Accounts;

/// <summary>The outage of an account's service: when the API is asked again, and when its host is looked at meanwhile.
/// Pure.</summary>
/// <remarks>
/// Calls alone cannot find the end of a long outage soon and be few: for an answer within two minutes of it they would have to be
/// two minutes apart, 180 in six hours. So the calls go apart exponentially, and a cheap look at the host every half minute
/// brings the next one forward when the host comes back. A look is only believed if it has seen the host dead in this outage:
/// where it sees it alive all the time it cannot tell, and only the clock counts.
/// </remarks>
public sealed record AccountOutage
{
    /// <summary>Failures in a row that make an outage. One or two are a single request's bad luck,
    /// and keep back only their own record.</summary>
    public const int DeclaredAfter = 3;

    /// <summary>Between two looks; four of them in the two minutes in which the end of an outage is to be found.</summary>
    public static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(30);

    /// <summary>The wait for the next hope after one that a call disproved; doubles.</summary>
    private static readonly TimeSpan AfterFalseHope = TimeSpan.FromMinutes(1);

    public static AccountOutage None { get; } = new();

    /// <summary>Attempts in a row that the service failed.</summary>
    public int Failures { get; init; }

    public DateTimeOffset LastFailure { get; init; }

    /// <summary>No call of the account before, unless a look brings it forward.</summary>
    public DateTimeOffset NextAttempt { get; init; }

    /// <summary>What the last look saw; null before the first.</summary>
    public Liveness? Seen { get; init; }

    /// <summary>Null when looks are not wanted: a service that says itself that it is down wants silence.</summary>
    public DateTimeOffset? NextLook { get; init; }

    /// <summary>When the host was seen to come back last; waits from before that are over.</summary>
    public DateTimeOffset? ReturnedAt { get; init; }

    private int FalseHopes { get; init; }

    private bool IsHope { get; init; }

    private DateTimeOffset HopeNotBefore { get; init; }

    /// <summary>The whole account waits.</summary>
    public bool IsDeclared => Failures >= DeclaredAfter;

    /// <summary>An attempt has failed.</summary>
    /// <param name="begun">Of the attempt: what was on its way when the last failure came says nothing new.</param>
    /// <param name="jitter">0 to 1.</param>
    public AccountOutage Failed(
        ProviderFailure failure, DateTimeOffset begun, DateTimeOffset now, TimeSpan initial, TimeSpan maximum, double jitter)
    {
        var isDown = failure.Class == FailureClass.ProviderDown;
        if (!isDown && failure.Outage == ServiceOutage.None) return Answered(now);
        if (IsDeclared && begun < LastFailure) return this;

        var failures = isDown ? Math.Max(Failures + 1, DeclaredAfter) : Failures + 1;
        var falseHopes = IsHope ? FalseHopes + 1 : FalseHopes;
        var afterHope = falseHopes == 0
            ? TimeSpan.Zero
            : Shorter(AfterFalseHope * Math.Pow(2, Math.Min(falseHopes - 1, 20)), maximum);
        return this with
        {
            Failures = failures,
            LastFailure = now,
            NextAttempt = now + BackOff.After(failure, failures, initial, maximum, jitter),
            NextLook = isDown ? null : Seen is null ? now : now + LookEvery,
            FalseHopes = falseHopes,
            IsHope = false,
            HopeNotBefore = now + (failure.RetryAfter is { } asked && asked > afterHope ? asked : afterHope),
        };
    }

    /// <summary>The host was looked at.</summary>
    /// <param name="jitter">0 to 1.</param>
    public AccountOutage Looked(Liveness seen, DateTimeOffset now, double jitter)
    {
        var looked = this with { NextLook = now + LookEvery * (0.8 + 0.4 * jitter) };
        if (seen != Liveness.Answering || Seen is null or Liveness.Answering) return looked with { Seen = seen };

        // Too soon after a look that was wrong: it stays unseen, so that it is seen again.
        return now < HopeNotBefore ? looked : looked with { Seen = seen, IsHope = true, NextAttempt = now, ReturnedAt = now };
    }

    /// <summary>The service has answered; with what does not matter here.</summary>
    public AccountOutage Answered(DateTimeOffset now) => None with
    {
        ReturnedAt = IsDeclared && Seen is Liveness.Unreachable or Liveness.Broken ? now : ReturnedAt,
    };

    /// <summary>An outage from before a restart, as a record's status tells it. Whether the host was seen dead is not known,
    /// and one hope is cheap.</summary>
    public static AccountOutage Recall(
        int failures, DateTimeOffset last, DateTimeOffset nextAttempt, bool isDown, DateTimeOffset now) =>
        new()
        {
            Failures = Math.Max(failures, DeclaredAfter),
            LastFailure = last,
            NextAttempt = nextAttempt,
            Seen = Liveness.Unreachable,
            NextLook = isDown ? null : now,
        };

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
