using System.Collections.Immutable;
using System.Text.Json;
using Operator.Dns.Providers.Http;

namespace Operator.Dns.Providers.Cloudflare;

/// <summary>The envelope of every answer: <c>{success, errors[{code, message,
/// error_chain[]}], result, result_info}</c>.</summary>
/// <param name="Result">Undefined when there is none.</param>
internal sealed record CloudflareReply(
    bool IsSuccess, ImmutableArray<int> Codes, string Words, JsonElement Result, int TotalPages)
{
    // What the API means by these; where its documentation is thin, its message is shown as well.
    private static readonly ImmutableHashSet<int> BadCredentials = [6003, 6103, 6111, 9103, 9106, 9107, 9109, 10000, 10001];
    private static readonly ImmutableHashSet<int> TooMany = [971, 10300, 10429];

    /// <summary>A record like this is there already (81057), or exactly this one (81058).</summary>
    public bool AlreadyExists => Codes.Contains(81057) || Codes.Contains(81058);

    /// <summary>The zone in the path is not there (7000, 7003).</summary>
    public bool NoSuchZone => Codes.Contains(7000) || Codes.Contains(7003);

    /// <summary>Reads an answer; null when its body is not such an envelope.</summary>
    public static CloudflareReply? TryRead(HttpAnswer answer, ServiceClient service)
    {
        try
        {
            using var document = JsonDocument.Parse(answer.Body);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("success", out var success)) return null;

            var codes = ImmutableArray.CreateBuilder<int>();
            var words = new List<string>();
            if (root.TryGetProperty("errors", out var errors)) Collect(errors, codes, words);
            return new CloudflareReply(
                success.ValueKind == JsonValueKind.True && answer.IsSuccess,
                codes.ToImmutable(),
                service.Quote(words.Count > 0 ? string.Join("; ", words) : $"HTTP {(int)answer.Status}"),
                root.TryGetProperty("result", out var result) ? result.Clone() : default,
                Pages(root));
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The class of an answer that is no success.</summary>
    public ProviderFailure ToFailure(HttpAnswer answer, ServiceClient service)
    {
        if ((int)answer.Status == 429 || Codes.Any(TooMany.Contains))
            return new ProviderFailure(
                FailureClass.Transient, Words,
                "Cloudflare limits the calls of this user (all tokens and the dashboard together); it is asked again later.")
            {
                RetryAfter = answer.RetryAfter,
            };
        if ((int)answer.Status >= 500)
            return new ProviderFailure(FailureClass.Transient, Words, "Cloudflare has a fault; it is asked again later.")
            {
                RetryAfter = answer.RetryAfter, Outage = ServiceOutage.Broken,
            };
        if (Codes.Any(BadCredentials.Contains))
            return new ProviderFailure(
                FailureClass.Auth, Words,
                "The API token is not valid for this zone. It needs Zone:Read and DNS:Edit on it (DNS:Edit alone when zoneId is "
                + "given), and must be a token, not a global key.");
        if (Codes.Contains(81044))
            return new ProviderFailure(
                FailureClass.Transient, Words, "The record was deleted meanwhile; what is published is read again.");
        if (Codes.Contains(81053) || Codes.Contains(81054))
            return new ProviderFailure(
                FailureClass.Config, Words,
                "A CNAME and addresses cannot stand at one name. Remove the one that is not wanted in Cloudflare's dashboard.");
        if (NoSuchZone)
            return new ProviderFailure(FailureClass.Config, Words, "There is no such zone for this token. Check zoneId.");

        return service.FromStatus(answer) with { Words = Words };
    }

    private static int Pages(JsonElement root) =>
        root.TryGetProperty("result_info", out var info) && info.ValueKind == JsonValueKind.Object &&
        info.TryGetProperty("total_pages", out var pages) && pages.TryGetInt32(out var count) ? count : 1;

    private static void Collect(JsonElement errors, ImmutableArray<int>.Builder codes, List<string> words)
    {
        if (errors.ValueKind != JsonValueKind.Array) return;
        foreach (var error in errors.EnumerateArray())
        {
            if (error.ValueKind != JsonValueKind.Object) continue;
            if (error.TryGetProperty("code", out var code)
                && code.ValueKind == JsonValueKind.Number && code.TryGetInt32(out var number))
                codes.Add(number);
            if (error.TryGetProperty("message", out var message)) words.Add($"{code}: {message}");
            if (error.TryGetProperty("error_chain", out var chain)) Collect(chain, codes, words);
        }
    }
}
