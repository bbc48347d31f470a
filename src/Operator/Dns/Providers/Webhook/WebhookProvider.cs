using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Operator.Dns.Names;
using Operator.Dns.Providers.Http;

namespace Operator.Dns.Providers.Webhook;

/// <summary>For every service that has no folder here: what shall be is told to an HTTPS
/// endpoint of the user's as signed JSON.</summary>
/// <remarks>
/// POST with <c>{"version":1,"operation":...}</c>. Header <c>X-Sstp-Timestamp</c> is the time in seconds, <c>X-Sstp-Signature</c>
/// is <c>sha256=</c> and the HMAC-SHA-256, in hexadecimal, of timestamp, a dot, and the body: the receiver checks both, so that
/// an old request cannot be sent again. It answers 2xx with <c>{"result":"applied"|"unchanged"}</c>, a listing with
/// <c>{"addresses":[...]}</c> or <c>{"text":[...]}</c>, and a failure with
/// <c>{"result":"failed","class":"transient|down|auth|config|abuse","message":"...","retryAfterSeconds":n}</c>.
/// </remarks>
public sealed class WebhookProvider(HttpClient client, Uri endpoint, string signingKey, TimeProvider time) : IDnsProvider
{
    // A property that comes twice would be an exception where it is read.
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    private readonly ServiceClient _service = new(client, time, signingKey);

    public ProviderCapabilities Capabilities { get; } = new()
    {
        CanList = true,
        CanDelete = true,
        ManyAddresses = true,
        PartialUpdates = true,
        Text = true,
    };

    public async Task<ProviderListing<PublishedAddress>> ListAddressesAsync(DomainName name, CancellationToken stopping)
    {
        var (answer, failure) = await CallAsync("listAddresses", name, [], stopping);
        if (failure is not null) return new ProviderListing<PublishedAddress>.Failed(failure);

        var items = new List<PublishedAddress>();
        foreach (var item in answer?["addresses"] as JsonArray ?? [])
        {
            if (item is not JsonObject record || !IPAddress.TryParse(Text(record["address"]), out var address)
                || (Number(record["ttl"]) ?? 0) is not (>= 0 and <= int.MaxValue and var seconds))
                return new ProviderListing<PublishedAddress>.Failed(Odd(answer));
            items.Add(new PublishedAddress(address, TimeSpan.FromSeconds(seconds)));
        }

        return answer?["addresses"] is JsonArray
            ? new ProviderListing<PublishedAddress>.Found([.. items])
            : new ProviderListing<PublishedAddress>.Failed(Odd(answer));
    }

    public async Task<ProviderListing<string>> ListTextAsync(DomainName name, CancellationToken stopping)
    {
        var (answer, failure) = await CallAsync("listText", name, [], stopping);
        if (failure is not null) return new ProviderListing<string>.Failed(failure);
        return answer?["text"] is JsonArray values && values.All(value => Text(value) is not null)
            ? new ProviderListing<string>.Found([.. values.Select(value => Text(value)!)])
            : new ProviderListing<string>.Failed(Odd(answer));
    }

    public Task<ProviderOutcome> ApplyAddressesAsync(AddressChange change, CancellationToken stopping)
    {
        var body = new JsonObject { ["ttl"] = (int)change.TimeToLive.TotalSeconds };
        if (change.V4 is { } v4) body["ipv4"] = new JsonArray([.. v4.Select(address => JsonValue.Create(address.ToString()))]);
        if (change.V6 is { } v6) body["ipv6"] = new JsonArray([.. v6.Select(address => JsonValue.Create(address.ToString()))]);
        return ChangeAsync("applyAddresses", change.Name, body, stopping);
    }

    public Task<ProviderOutcome> PresentTextAsync(
        DomainName name, string value, TimeSpan timeToLive, CancellationToken stopping) =>
        ChangeAsync("presentText", name, new JsonObject { ["value"] = value, ["ttl"] = (int)timeToLive.TotalSeconds }, stopping);

    public Task<ProviderOutcome> RemoveTextAsync(DomainName name, string value, CancellationToken stopping) =>
        ChangeAsync("removeText", name, new JsonObject { ["value"] = value }, stopping);

    private async Task<ProviderOutcome> ChangeAsync(
        string operation, DomainName name, JsonObject body, CancellationToken stopping)
    {
        var (answer, failure) = await CallAsync(operation, name, body, stopping);
        if (failure is not null) return new ProviderOutcome.Failed(failure);
        return Text(answer?["result"]) switch
        {
            "applied" => new ProviderOutcome.Applied(Message(answer) ?? "applied"),
            "unchanged" => new ProviderOutcome.Unchanged(Message(answer) ?? "unchanged"),
            _ => new ProviderOutcome.Failed(Odd(answer)),
        };
    }

    private async Task<(JsonObject? Answer, ProviderFailure? Failure)> CallAsync(
        string operation, DomainName name, JsonObject body, CancellationToken stopping)
    {
        body["version"] = 1;
        body["operation"] = operation;
        body["name"] = name.Text;
        using var request = Sign(body.ToJsonString());
        var (answer, failure) = await _service.SendAsync(request, stopping);
        if (failure is not null) return (null, failure);

        var json = Parse(answer!.Body);
        if (json is not null && Text(json["result"]) == "failed") return (null, Failure(json));
        return answer.IsSuccess && json is not null ? (json, null) : (null, _service.FromStatus(answer));
    }

    private HttpRequestMessage Sign(string body)
    {
        var timestamp = time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var mac = HMACSHA256.HashData(Encoding.UTF8.GetBytes(signingKey), Encoding.UTF8.GetBytes($"{timestamp}.{body}"));
        var request = new HttpRequestMessage(HttpMethod.Post, endpoint)
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("X-Sstp-Timestamp", timestamp);
        request.Headers.Add("X-Sstp-Signature", "sha256=" + Convert.ToHexStringLower(mac));
        return request;
    }

    private ProviderFailure Failure(JsonObject json)
    {
        var words = Message(json) ?? "failed";
        var wait = Number(json["retryAfterSeconds"]) is { } seconds and >= 0 and < 864_000
            ? TimeSpan.FromSeconds(seconds)
            : (TimeSpan?)null;
        return Text(json["class"]) switch
        {
            "transient" => new ProviderFailure(FailureClass.Transient, words, "The webhook asks for another try later.")
            {
                RetryAfter = wait,
            },
            "down" => new ProviderFailure(
                FailureClass.ProviderDown, words, "The service behind the webhook is down; it is left alone for half an hour.")
            {
                RetryAfter = wait,
            },
            "auth" => new ProviderFailure(
                FailureClass.Auth, words, "The webhook's credentials at its service, or the signing key, are wrong."),
            "config" => new ProviderFailure(
                FailureClass.Config, words, "The webhook does not take this name or request; correct it and spec."),
            "abuse" => new ProviderFailure(
                FailureClass.Abuse, words,
                "The service has blocked the webhook. Settle it there, then unlock the record by annotation."),
            _ => Odd(json),
        };
    }

    private ProviderFailure Odd(JsonObject? json) => new(
        FailureClass.Unknown, _service.Quote(json?.ToJsonString() ?? ""),
        "The webhook's answer is not one that its description allows; see docs on webhooks.");

    private string? Message(JsonObject? json) => Text(json?["message"]) is { } message ? _service.Quote(message) : null;

    private static JsonObject? Parse(string body)
    {
        try
        {
            return JsonNode.Parse(body, documentOptions: Strict) as JsonObject;
        }
        catch (JsonException)
        {
            return null;    // no JSON: the status decides
        }
    }

    private static string? Text(JsonNode? node) =>
        node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    private static double? Number(JsonNode? node) =>
        node is JsonValue value && value.TryGetValue<double>(out var number) ? number : null;
}
