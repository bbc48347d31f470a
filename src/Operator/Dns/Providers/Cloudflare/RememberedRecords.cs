using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Operator.Dns.Names;

namespace Operator.Dns.Providers.Cloudflare;

/// <summary>The address records of names as the last change or listing left them,
/// so that the next change need not list them first.</summary>
/// <remarks>Only what is known for sure is kept: records that were listed or patched, and those that the answer to a change
/// shows. What nobody asks for any more goes.</remarks>
internal sealed class RememberedRecords(TimeProvider time)
{
    private static readonly TimeSpan Keep = TimeSpan.FromDays(30);

    private readonly ConcurrentDictionary<(DomainName Name, string Type),
        (List<CloudflareRecord> Records, DateTimeOffset At)> _known = new();
    private DateTimeOffset _sweepAt = time.GetUtcNow() + TimeSpan.FromDays(1);

    public List<CloudflareRecord>? Find(DomainName name, string type) =>
        _known.TryGetValue((name, type), out var known) ? [.. known.Records] : null;

    public void Forget(DomainName name)
    {
        _known.TryRemove((name, "A"), out _);
        _known.TryRemove((name, "AAAA"), out _);
    }

    /// <summary>These are all there are.</summary>
    public void Listed(DomainName name, string type, List<CloudflareRecord> records)
    {
        var now = time.GetUtcNow();
        _known[(name, type)] = (records, now);
        if (now < _sweepAt) return;

        _sweepAt = now + TimeSpan.FromDays(1);
        foreach (var (key, known) in _known)
            if (now - known.At > Keep) _known.TryRemove(key, out _);
    }

    /// <summary>A change was made.</summary>
    /// <param name="listed">What was there before it, of the types that it was about.</param>
    /// <param name="created">The records that came new.</param>
    public void KeepChange(
        DomainName name, IReadOnlyDictionary<string, List<CloudflareRecord>> listed,
        IReadOnlyCollection<string> deleted, IReadOnlyCollection<JsonObject> patches,
        IReadOnlyCollection<CloudflareRecord> created)
    {
        foreach (var (type, records) in listed)
            Listed(name, type,
            [
                .. records.Where(record => !deleted.Contains(record.Id)).Select(record =>
                    patches.FirstOrDefault(patch => (string?)patch["id"] == record.Id) is { } patch
                        ? Patched(record, patch)
                        : record),
                .. created.Where(record => record.Type == type),
            ]);
    }

    private static CloudflareRecord Patched(CloudflareRecord record, JsonObject patch) => record with
    {
        Content = (string?)patch["content"] ?? record.Content,
        Proxied = (bool?)patch["proxied"] ?? record.Proxied,
        Ttl = (int?)patch["ttl"] ?? record.Ttl,
        Comment = (string?)patch["comment"] ?? record.Comment,
    };
}
