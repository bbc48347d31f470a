using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Operator.Dns.Names;

namespace Operator.Dns.Providers.Cloudflare;

/// <summary>The address records of names as the last change left them, so that the next change need not list them first.</summary>
/// <remarks>Only what is known for sure is kept: patched records, and the one that a single POST answered with.</remarks>
internal sealed class RememberedRecords
{
    private readonly ConcurrentDictionary<(DomainName Name, string Type), List<CloudflareRecord>> _known = new();

    public List<CloudflareRecord>? Find(DomainName name, string type) => _known.TryGetValue((name, type), out var records) ? [.. records] : null;

    public void Forget(DomainName name)
    {
        _known.TryRemove((name, "A"), out _);
        _known.TryRemove((name, "AAAA"), out _);
    }

    /// <summary>A change was made.</summary>
    /// <param name="listed">What was there before it, of the types that it was about.</param>
    /// <param name="created">The record that came new; null when none did.</param>
    public void Keep(
        DomainName name, IReadOnlyDictionary<string, List<CloudflareRecord>> listed, IReadOnlyCollection<string> deleted, IReadOnlyCollection<JsonObject> patches, CloudflareRecord? created)
    {
        foreach (var (type, records) in listed)
            _known[(name, type)] =
            [
                .. records.Where(record => !deleted.Contains(record.Id)).Select(record => patches.FirstOrDefault(patch => (string?)patch["id"] == record.Id) is { } patch ? Patched(record, patch) : record),
                .. created?.Type == type ? [created] : Array.Empty<CloudflareRecord>(),
            ];
    }

    private static CloudflareRecord Patched(CloudflareRecord record, JsonObject patch) => record with
    {
        Content = (string?)patch["content"] ?? record.Content,
        Proxied = (bool?)patch["proxied"] ?? record.Proxied,
        Ttl = (int?)patch["ttl"] ?? record.Ttl,
        Comment = (string?)patch["comment"] ?? record.Comment,
    };
}
