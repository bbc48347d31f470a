namespace SstpGateway.Dns;

/// <summary>What the forwarder has done since its start. For a meter to observe; never reset.</summary>
public sealed class DnsCounters
{
    private long queries;
    private long cacheHits;
    private long merged;
    private long strangers;
    private long refusals;
    private long failures;
    private long upstreamQueries;
    private long upstreamTimeouts;

    /// <summary>Messages taken from clients of the tunnel.</summary>
    public long Queries => Interlocked.Read(ref queries);

    /// <summary>Answers given from what was kept.</summary>
    public long CacheHits => Interlocked.Read(ref cacheHits);

    /// <summary>Questions that joined one already on its way.</summary>
    public long Merged => Interlocked.Read(ref merged);

    /// <summary>Messages and connections dropped because no client of the tunnel sent them.</summary>
    public long Strangers => Interlocked.Read(ref strangers);

    /// <summary>Queries refused because their client had too many open.</summary>
    public long Refusals => Interlocked.Read(ref refusals);

    /// <summary>Queries for which no server had an answer.</summary>
    public long Failures => Interlocked.Read(ref failures);

    /// <summary>Queries sent to servers, each attempt counted.</summary>
    public long UpstreamQueries => Interlocked.Read(ref upstreamQueries);

    /// <summary>Attempts that a server left unanswered.</summary>
    public long UpstreamTimeouts => Interlocked.Read(ref upstreamTimeouts);

    internal void CountQuery() => Interlocked.Increment(ref queries);
    internal void CountCacheHit() => Interlocked.Increment(ref cacheHits);
    internal void CountMerged() => Interlocked.Increment(ref merged);
    internal void CountStranger() => Interlocked.Increment(ref strangers);
    internal void CountRefusal() => Interlocked.Increment(ref refusals);
    internal void CountFailure() => Interlocked.Increment(ref failures);
    internal void CountUpstreamQuery() => Interlocked.Increment(ref upstreamQueries);
    internal void CountUpstreamTimeout() => Interlocked.Increment(ref upstreamTimeouts);
}
