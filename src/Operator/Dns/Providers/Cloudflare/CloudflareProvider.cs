using System.Collections.Immutable;
using System.Net;
using System.Text.Json.Nodes;
using Operator.Dns.Names;
using Operator.Dns.Ownership;

namespace Operator.Dns.Providers.Cloudflare;

/// <summary>Cloudflare's API, version 4.</summary>
/// <remarks>
/// Records are patched, never put: a PUT would drop the comment, the tags and the proxy setting that people have made. A
/// proxied record always reads as automatic TTL, so its TTL is not compared.
/// </remarks>
public sealed class CloudflareProvider(HttpClient client, CloudflareSettings settings, TimeProvider time) : IDnsProvider
{
    /// <summary>Beside each record made here: a hint for people, not the mark of ownership.</summary>
    public const string Comment = "managed-by=sstp-operator";

    private static readonly ImmutableArray<string> AddressTypes = ["A", "AAAA"];

    private readonly CloudflareClient _client = new(client, settings, time);
    private readonly RememberedRecords _remembered = new(time);

    public ProviderCapabilities Capabilities { get; } = new()
    {
        CanList = true,
        CanDelete = true,
        ManyAddresses = true,
        PartialUpdates = true,
        Text = true,
        Comments = true,
        MarksWithChanges = true,
        MinTimeToLive = TimeSpan.FromSeconds(60),
    };

    public async Task<ProviderListing<PublishedAddress>> ListAddressesAsync(DomainName name, CancellationToken stopping)
    {
        var (zone, failure) = await _client.FindZoneAsync(name, stopping);
        if (failure is not null) return new ProviderListing<PublishedAddress>.Failed(failure);
        (var records, failure) = await _client.ListAsync(zone!, null, name, stopping);
        if (failure is not null) return new ProviderListing<PublishedAddress>.Failed(failure);

        var found = ImmutableArray.CreateBuilder<PublishedAddress>();
        foreach (var type in AddressTypes)
        {
            List<CloudflareRecord> listed = [.. records.Where(record => record.Type == type)];
            _remembered.Listed(name, type, listed);
            foreach (var record in listed)
                if (IPAddress.TryParse(record.Content, out var address))
                    found.Add(new PublishedAddress(address, record.TimeToLive, record.Comment, record.Proxied, record.Id));
        }

        return new ProviderListing<PublishedAddress>.Found(found.ToImmutable());
    }

    public async Task<ProviderOutcome> ApplyAddressesAsync(AddressChange change, CancellationToken stopping)
    {
        var (zone, failure) = await _client.FindZoneAsync(change.Name, stopping);
        if (failure is not null) return new ProviderOutcome.Failed(failure);

        var deletes = new List<string>();
        var patches = new List<JsonObject>();
        var posts = new List<JsonObject>();
        var listed = new Dictionary<string, List<CloudflareRecord>>();
        List<CloudflareRecord>? all = null;
        foreach (var (type, wanted) in Wanted(change))
        {
            var records = change.MayRemember ? _remembered.Find(change.Name, type) : null;
            if (records is null && all is null) (all, failure) = await _client.ListAsync(zone!, null, change.Name, stopping);
            if (failure is not null) return new ProviderOutcome.Failed(failure);
            listed[type] = records ??= [.. all!.Where(record => record.Type == type)];
            Compare(type, change, wanted, records, deletes, patches, posts);
        }

        if (change.Mark is { Expectation: not MarkExpectation.Ours } mark
            && await MarkAsync(zone!, mark, change.TimeToLive, deletes, posts, stopping) is { } unread)
            return new ProviderOutcome.Failed(unread);

        if (deletes.Count + patches.Count + posts.Count == 0)
        {
            _remembered.KeepChange(change.Name, listed, [], [], []);
            return new ProviderOutcome.Unchanged("all records are so already");
        }

        (var reply, failure) = await _client.ChangeAsync(zone!, deletes, patches, posts, stopping);
        var created = posts.Count == 0 ? [] : CloudflareRecord.ReadCreated(reply?.Result ?? default);
        if (failure is null && created.Count == posts.Count)
            _remembered.KeepChange(change.Name, listed, deletes, patches, created);
        else _remembered.Forget(change.Name);
        return failure is null
            ? new ProviderOutcome.Applied($"{posts.Count} created, {patches.Count} changed, {deletes.Count} deleted")
            : new ProviderOutcome.Failed(failure);
    }

    public async Task<ProviderListing<string>> ListTextAsync(DomainName name, CancellationToken stopping)
    {
        var (zone, failure) = await _client.FindZoneAsync(name, stopping);
        if (failure is not null) return new ProviderListing<string>.Failed(failure);

        (var records, failure) = await _client.ListAsync(zone!, "TXT", name, stopping);
        return failure is null
            ? new ProviderListing<string>.Found([.. records.Select(record => record.Text)])
            : new ProviderListing<string>.Failed(failure);
    }

    public async Task<ProviderOutcome> PresentTextAsync(
        DomainName name, string value, TimeSpan timeToLive, CancellationToken stopping)
    {
        var (zone, failure) = await _client.FindZoneAsync(name, stopping);
        if (failure is not null) return new ProviderOutcome.Failed(failure);

        (var records, failure) = await _client.ListAsync(zone!, "TXT", name, stopping);
        if (failure is not null) return new ProviderOutcome.Failed(failure);
        if (records.Any(record => record.Text == value)) return new ProviderOutcome.Unchanged("the value is there already");

        (var reply, failure) = await _client.ChangeAsync(zone!, [], [], [New("TXT", name, $"\"{value}\"", timeToLive)], stopping);
        if (failure is null) return new ProviderOutcome.Applied("1 created");
        return reply is { AlreadyExists: true }
            ? new ProviderOutcome.Unchanged(reply.Words)
            : new ProviderOutcome.Failed(failure);
    }

    public async Task<ProviderOutcome> RemoveTextAsync(DomainName name, string value, CancellationToken stopping)
    {
        var (zone, failure) = await _client.FindZoneAsync(name, stopping);
        if (failure is not null) return new ProviderOutcome.Failed(failure);

        (var records, failure) = await _client.ListAsync(zone!, "TXT", name, stopping);
        if (failure is not null) return new ProviderOutcome.Failed(failure);

        var ids = records.Where(record => record.Text == value).Select(record => record.Id).ToArray();
        if (ids.Length == 0) return new ProviderOutcome.Unchanged("the value is not there");

        (_, failure) = await _client.ChangeAsync(zone!, ids, [], [], stopping);
        return failure is null ? new ProviderOutcome.Applied($"{ids.Length} deleted") : new ProviderOutcome.Failed(failure);
    }

    // All of a batch or nothing: an address without a mark would be foreign to us after a crash.
    private async Task<ProviderFailure?> MarkAsync(
        string zone, OwnershipMark mark, TimeSpan timeToLive, List<string> deletes,
        List<JsonObject> posts, CancellationToken stopping)
    {
        List<CloudflareRecord> there = [];
        if (mark.Expectation == MarkExpectation.Anything)
        {
            (there, var failure) = await _client.ListAsync(zone, "TXT", mark.Name, stopping);
            if (failure is not null) return failure;
            deletes.AddRange(there.Where(record => record.Text != mark.Value && OwnerMark.ReadOwner(record.Text) is not null)
                .Select(record => record.Id));
        }

        if (there.All(record => record.Text != mark.Value)) posts.Add(New("TXT", mark.Name, $"\"{mark.Value}\"", timeToLive));
        return null;
    }

    private static IEnumerable<(string Type, ImmutableArray<IPAddress> Wanted)> Wanted(AddressChange change)
    {
        if (change.V4 is { } v4) yield return ("A", v4);
        if (change.V6 is { } v6) yield return ("AAAA", v6);
    }

    // What is right stays; what is wrong is turned into what is missing; only then records come or go.
    private void Compare(
        string type, AddressChange change, ImmutableArray<IPAddress> wanted, List<CloudflareRecord> records,
        List<string> deletes, List<JsonObject> patches, List<JsonObject> posts)
    {
        var missing = wanted.ToList();
        var wrong = new Queue<CloudflareRecord>();
        foreach (var record in records)
        {
            if (!IPAddress.TryParse(record.Content, out var address) || !missing.Remove(address)) wrong.Enqueue(record);
            else if (Patch(record, null, change) is { Count: > 1 } patch) patches.Add(patch);
        }

        foreach (var address in missing)
        {
            if (wrong.TryDequeue(out var record)) patches.Add(Patch(record, address, change));
            else posts.Add(New(type, change.Name, address.ToString(), change.TimeToLive, change.Comment));
        }

        deletes.AddRange(wrong.Select(record => record.Id));
    }

    private JsonObject Patch(CloudflareRecord record, IPAddress? address, AddressChange change)
    {
        var seconds = (int)change.TimeToLive.TotalSeconds;
        var proxied = settings.Proxied ?? record.Proxied;
        var patch = new JsonObject { ["id"] = record.Id };
        if (address is not null) patch["content"] = address.ToString();
        if (proxied != record.Proxied) patch["proxied"] = proxied;
        if (!proxied && (record.Proxied || record.Ttl != seconds)) patch["ttl"] = seconds;
        if (change.Comment is { } comment && comment != record.Comment) patch["comment"] = comment;
        return patch;
    }

    private JsonObject New(string type, DomainName name, string content, TimeSpan timeToLive, string? comment = null)
    {
        var record = new JsonObject
        {
            ["type"] = type,
            ["name"] = name.Text,
            ["content"] = content,
            ["ttl"] = type != "TXT" && settings.Proxied == true ? 1 : (int)timeToLive.TotalSeconds,
            ["comment"] = comment ?? Comment,
        };
        if (type != "TXT") record["proxied"] = settings.Proxied ?? false;
        return record;
    }
}
