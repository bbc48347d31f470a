using SstpGateway.Metrics;

namespace SstpGateway.Dns;

/// <summary>What the forwarder has done since its start. For a meter to observe; never reset.</summary>
public sealed class DnsCounters
{
    private long _queries;
    private long _cacheHits;
    private long _forwarded;
    private long _merged;
    private long _strangers;
    private long _refusals;
    private long _failures;
    private long _upstreamQueries;
    private long _upstreamTimeouts;

    /// <summary>Messages taken from clients of the tunnel.</summary>
    public long Queries => Interlocked.Read(ref _queries);

    /// <summary>Answers given from what was kept.</summary>
    public long CacheHits => Interlocked.Read(ref _cacheHits);

    /// <summary>Answers given from what a server said; merged questions count each.</summary>
    public long Forwarded => Interlocked.Read(ref _forwarded);

    /// <summary>Questions that joined one already on its way.</summary>
    public long Merged => Interlocked.Read(ref _merged);

    /// <summary>Messages and connections dropped because no client of the tunnel sent them.</summary>
    public long Strangers => Interlocked.Read(ref _strangers);

    /// <summary>Queries refused because their client had too many open.</summary>
    public long Refusals => Interlocked.Read(ref _refusals);

    /// <summary>Queries for which no server had an answer.</summary>
    public long Failures => Interlocked.Read(ref _failures);

    /// <summary>Queries sent to servers, each attempt counted.</summary>
    public long UpstreamQueries => Interlocked.Read(ref _upstreamQueries);

    /// <summary>Attempts that a server left unanswered.</summary>
    public long UpstreamTimeouts => Interlocked.Read(ref _upstreamTimeouts);

    /// <summary>Queries that ended in one way.</summary>
    public long Count(DnsOutcome outcome) => outcome switch
    {
        DnsOutcome.Cached => CacheHits,
        DnsOutcome.NoAnswer => Failures,
        DnsOutcome.Refused => Refusals + Strangers,
        _ => Forwarded,
    };

    internal void CountQuery() => Interlocked.Increment(ref _queries);
    internal void CountCacheHit() => Interlocked.Increment(ref _cacheHits);
    internal void CountForwarded() => Interlocked.Increment(ref _forwarded);
    internal void CountMerged() => Interlocked.Increment(ref _merged);
    internal void CountStranger() => Interlocked.Increment(ref _strangers);
    internal void CountRefusal() => Interlocked.Increment(ref _refusals);
    internal void CountFailure() => Interlocked.Increment(ref _failures);
    internal void CountUpstreamQuery() => Interlocked.Increment(ref _upstreamQueries);
    internal void CountUpstreamTimeout() => Interlocked.Increment(ref _upstreamTimeouts);
}
