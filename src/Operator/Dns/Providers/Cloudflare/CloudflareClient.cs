using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Operator.Dns.Names;
using Operator.Dns.Ownership;
using Operator.Dns.Providers.Http;

namespace Operator.Dns.Providers.Cloudflare;

/// <summary>The few calls of the API that are needed. One a method, each with its failure as a value.</summary>
internal sealed class CloudflareClient(HttpClient client, CloudflareSettings settings, TimeProvider time)
{
    /// <summary>Zones do not move between accounts often; a removed one is noticed by its errors.</summary>
    private static readonly TimeSpan ZoneLifetime = TimeSpan.FromDays(1);

    /// <summary>A name that is no zone may become one sooner.</summary>
    private static readonly TimeSpan NoZoneLifetime = TimeSpan.FromHours(1);

    private const int PageSize = 100;

    private readonly ServiceClient _service = new(client, time, settings.Token);
    private readonly ConcurrentDictionary<DomainName, (string? Id, DateTimeOffset Until)> _zones = new();
    private DateTimeOffset _forgetAt = time.GetUtcNow() + NoZoneLifetime;

    /// <summary>The id of the zone that holds a name: the longest that the token sees.</summary>
    public async Task<(string? ZoneId, ProviderFailure? Failure)> FindZoneAsync(DomainName name, CancellationToken stopping)
    {
        if (settings.ZoneId is { } given) return (given, null);

        for (var candidate = name.IsWildcard || OwnerMark.IsPlace(name)
            ? name.Parent
            : name; candidate is { LabelCount: > 1 }; candidate = candidate.Parent)
        {
            if (_zones.TryGetValue(candidate, out var known) && known.Until > time.GetUtcNow())
            {
                if (known.Id is { } id) return (id, null);
                continue;
            }

            var (reply, failure) = await SendAsync(
                HttpMethod.Get, $"zones?name={Uri.EscapeDataString(candidate.Text)}&status=active", null, stopping);
            if (failure is not null) return (null, failure);
            if (reply!.Result is not { ValueKind: JsonValueKind.Array } zones) return (null, Odd(reply));

            foreach (var zone in zones.EnumerateArray())
            {
                if (!zone.TryGetProperty("id", out var property) || property.GetString() is not { } zoneId)
                    return (null, Odd(reply));
                _zones[candidate] = (zoneId, time.GetUtcNow() + ZoneLifetime);
                return (zoneId, null);
            }

            _zones[candidate] = (null, time.GetUtcNow() + NoZoneLifetime);
            ForgetOld();
        }

        return (null, new ProviderFailure(
            FailureClass.Config, $"no active zone for {name}",
            "The token sees no zone that holds this name. Add the zone to Cloudflare, widen the token, or give zoneId."));
    }

    /// <summary>All records of a type at a name, all pages of them.</summary>
    /// <param name="type">Null for every type.</param>
    public async Task<(List<CloudflareRecord> Records, ProviderFailure? Failure)> ListAsync(
        string zoneId, string? type, DomainName name, CancellationToken stopping)
    {
        var records = new List<CloudflareRecord>();
        for (var page = 1; ; page++)
        {
            var path = $"zones/{zoneId}/dns_records?{(type is null ? "" : $"type={type}&")}name={Uri.EscapeDataString(name.Text)}"
                + $"&per_page={PageSize}&page={page}";
            var (reply, failure) = await SendAsync(HttpMethod.Get, path, null, stopping);
            if (failure is not null) return (records, failure);
            if (reply!.Result is not { ValueKind: JsonValueKind.Array } items) return (records, Odd(reply));

            foreach (var item in items.EnumerateArray())
            {
                if (CloudflareRecord.TryRead(item) is not { } record) return (records, Odd(reply));
                if (type is null || record.Type == type) records.Add(record);
            }

            if (page >= reply.TotalPages) return (records, null);
        }
    }

    /// <summary>One change, or all of a batch together: the API makes all of a batch or nothing.</summary>
    public async Task<(CloudflareReply? Reply, ProviderFailure? Failure)> ChangeAsync(
        string zoneId, IReadOnlyList<string> deletes, IReadOnlyList<JsonObject> patches,
        IReadOnlyList<JsonObject> posts, CancellationToken stopping)
    {
        var records = $"zones/{zoneId}/dns_records";
        if (deletes.Count + patches.Count + posts.Count > 1)
        {
            var batch = new JsonObject
            {
                ["deletes"] = new JsonArray([.. deletes.Select(id => new JsonObject { ["id"] = id })]),
                ["patches"] = new JsonArray([.. patches]),
                ["posts"] = new JsonArray([.. posts]),
            };
            return await SendAsync(HttpMethod.Post, $"{records}/batch", batch, stopping);
        }

        if (deletes is [var gone]) return await SendAsync(HttpMethod.Delete, $"{records}/{gone}", null, stopping);
        if (posts is [var added]) return await SendAsync(HttpMethod.Post, records, added, stopping);

        var changed = patches[0].DeepClone().AsObject();
        var id = changed["id"]!.GetValue<string>();
        changed.Remove("id");
        return await SendAsync(HttpMethod.Patch, $"{records}/{id}", changed, stopping);
    }

    // Names come and go for years.
    private void ForgetOld()
    {
        var now = time.GetUtcNow();
        if (now < _forgetAt) return;
        _forgetAt = now + NoZoneLifetime;
        foreach (var (name, known) in _zones)
            if (known.Until <= now) _zones.TryRemove(name, out _);
    }

    private static ProviderFailure Odd(CloudflareReply reply) => new(
        FailureClass.Unknown, reply.Words, "The answer is not shaped as the API says; it is asked again later.");

    private async Task<(CloudflareReply? Reply, ProviderFailure? Failure)> SendAsync(
        HttpMethod method, string path, JsonObject? body, CancellationToken stopping)
    {
        using var request = new HttpRequestMessage(method, new Uri(settings.Endpoint, path));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", settings.Token);
        if (body is not null) request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");

        var (answer, failure) = await _service.SendAsync(request, stopping);
        if (failure is not null) return (null, failure);

        var reply = CloudflareReply.TryRead(answer!, _service);
        if (reply is null) return (null, _service.FromStatus(answer!));
        if (reply.IsSuccess) return (reply, null);

        if (reply.NoSuchZone) _zones.Clear();
        return (reply, reply.ToFailure(answer!, _service));
    }
}
