using System.Collections.Concurrent;
using SstpGateway.Dns.Caching;
using SstpGateway.Dns.Messages;
using SstpGateway.Dns.Upstream;
using SstpGateway.Dns.Zones;
using SstpTransport.Pumping;

namespace SstpGateway.Dns.Serving;

/// <summary>Questions to answers under one set of zones: what is kept, what is on its way, what has to be asked.</summary>
/// <remarks>
/// New zones make a new resolver. Questions on their way end with the old one, so none is dropped, and no answer of an old
/// zone's server is ever kept for a new one.
/// </remarks>
internal sealed class Resolver(
    ZoneTable zones, AnswerCache cache, UpstreamClient upstream, DnsCounters counters, MonotonicClock clock)
{
    private readonly ConcurrentDictionary<AnswerKey, Lazy<Task<DnsAnswer?>>> _onTheirWay = [];

    public ZoneTable Zones => zones;

    public AnswerCache Cache => cache;

    public bool TryAnswerFromCache(AnswerKey key, out DnsAnswer? answer, out TimeSpan age)
    {
        var now = clock.Now;
        var isKept = cache.TryGet(key, now, out var cached);
        answer = cached?.Answer;
        age = isKept ? now - cached!.StoredAt : TimeSpan.Zero;
        return isKept;
    }

    /// <summary>The answer of a server; equal questions asked at the same time share one.</summary>
    /// <param name="stopping">Ends the question for all who wait for it: the forwarder's end, not one client's.</param>
    /// <returns>Null when no server said anything that can be passed on.</returns>
    public Task<DnsAnswer?> ResolveAsync(AnswerKey key, CancellationToken stopping)
    {
        var mine = new Lazy<Task<DnsAnswer?>>(() => AskAndKeepAsync(key, stopping));
        var shared = _onTheirWay.GetOrAdd(key, mine);
        if (shared != mine) counters.CountMerged();
        return shared.Value;
    }

    private async Task<DnsAnswer?> AskAndKeepAsync(AnswerKey key, CancellationToken stopping)
    {
        try
        {
            var answer = await upstream.AskAsync(key, zones.ServersFor(key.Name), stopping);
            if (answer is not null) cache.Store(key, answer, clock.Now);
            return answer;
        }
        finally
        {
            _onTheirWay.TryRemove(key, out _);
        }
    }
}
