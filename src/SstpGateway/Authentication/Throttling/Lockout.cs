using System.Net;
using GatewayConfig.Authentication;
using SstpProtocol;

namespace SstpGateway.Authentication.Throttling;

/// <summary>Decides who has failed too often to be judged now. Pure; one owner at a time.</summary>
/// <remarks>
/// Failures are counted for a user at a source and for a source over all users, never for a user alone: nobody can lock out
/// somebody who calls from elsewhere. From the limit on, each failure doubles the wait, and only one try at a time gets through.
/// A failure is forgiven every <see cref="LockoutConfig.MaximumWait"/>. A user who has logged in from a source before is not held
/// back for what others do there, so that one forgotten telephone does not stop an office behind one address.
/// </remarks>
public sealed class Lockout(LockoutConfig config)
{
    /// <summary>Entries kept of each kind; some 5 MB in all. Beyond it the one that failed longest ago is forgotten.</summary>
    public const int Capacity = 16_384;

    private readonly FailureTable usersAtSources = new(Capacity);
    private readonly FailureTable sources = new(Capacity);
    private readonly KeySet provenAtSources = new(Capacity);

    /// <summary>The limits from now on; what has been counted stays.</summary>
    public LockoutConfig Config { get; set; } = config;

    /// <summary>Entries held, of each kind.</summary>
    internal (int UsersAtSources, int Sources, int Proven) Counts => (usersAtSources.Count, sources.Count, provenAtSources.Count);

    /// <summary>Asked before each try that would be judged.</summary>
    /// <param name="user">In one spelling for all forms of the name.</param>
    /// <returns>
    /// How much longer to wait, or null when the try may be judged. One that never gets its verdict keeps what it closed: else
    /// hanging up at the right moment would open it.
    /// </returns>
    public TimeSpan? Begin(string user, IPAddress source, MonotonicTime now)
    {
        var (pair, origin) = (LockoutKey.Of(user, source), LockoutKey.Of(source));
        var isProven = provenAtSources.Contains(pair);

        var wait = WaitOf(usersAtSources.Find(pair), now);
        if (wait is null && !isProven) wait = WaitOf(sources.Find(origin), now);
        if (wait is not null) return wait;

        // Beyond the limit a try closes the door behind itself: a hundred at once would be a hundred guesses.
        HoldBack(usersAtSources.Find(pair), Config.FailuresPerUserAndSource, now);
        if (!isProven) HoldBack(sources.Find(origin), Config.FailuresPerSource, now);
        return null;
    }

    public void Fail(string user, IPAddress source, MonotonicTime now)
    {
        var pair = LockoutKey.Of(user, source);
        Count(usersAtSources, pair, Config.FailuresPerUserAndSource, now);
        Count(sources, LockoutKey.Of(source), Config.FailuresPerSource, now);
    }

    public void Succeed(string user, IPAddress source, MonotonicTime now)
    {
        var pair = LockoutKey.Of(user, source);
        usersAtSources.Remove(pair);

        // The first time, this try was one of the source's: what the source did to others is not forgotten, but the next one need
        // not wait for it. Later ones were let past the source, so they lift nothing.
        if (!provenAtSources.Contains(pair) && sources.Find(LockoutKey.Of(source)) is { } origin && origin.HeldBackUntil > now)
            origin.HeldBackUntil = now;
        provenAtSources.Add(pair);
    }

    /// <summary>Whether a further try would be held back; changes nothing.</summary>
    public bool IsHeldBack(string user, IPAddress source, MonotonicTime now)
    {
        var pair = LockoutKey.Of(user, source);
        return WaitOf(usersAtSources.Find(pair), now) is not null
            || (!provenAtSources.Contains(pair) && WaitOf(sources.Find(LockoutKey.Of(source)), now) is not null);
    }

    private static TimeSpan? WaitOf(FailureRecord? record, MonotonicTime now) =>
        record is not null && record.HeldBackUntil > now ? record.HeldBackUntil - now : null;

    private void Count(FailureTable table, LockoutKey key, int limit, MonotonicTime now)
    {
        var record = table.FindOrAdd(key);
        Forgive(record, now);
        record.Failures++;
        record.LastFailure = now;
        HoldBack(record, limit, now);
    }

    private void HoldBack(FailureRecord? record, int limit, MonotonicTime now)
    {
        if (record is null) return;

        Forgive(record, now);
        if (record.Failures < limit) return;

        // Thirty doublings of a second are 34 years.
        var doublings = Math.Min(record.Failures - limit, 30);
        var wait = Config.InitialWait * Math.Pow(2, doublings);
        record.HeldBackUntil = now + (wait < Config.MaximumWait ? wait : Config.MaximumWait);
    }

    private void Forgive(FailureRecord record, MonotonicTime now)
    {
        var forgiven = (long)((now - record.LastFailure) / Config.MaximumWait);
        if (forgiven <= 0) return;

        record.Failures = (int)Math.Max(0, record.Failures - forgiven);
        record.LastFailure += forgiven * Config.MaximumWait;
    }
}
