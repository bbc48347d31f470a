using System.Text.Json;

namespace Operator.Dns.Providers.Cloudflare;

/// <summary>A record as the API lists it, as far as it is needed.</summary>
/// <param name="Ttl">Seconds; 1 is automatic, and always read for a proxied record.</param>
internal sealed record CloudflareRecord(string Id, string Type, string Content, int Ttl, bool Proxied, string? Comment)
{
    /// <summary>What "automatic" comes to for a record that is not proxied.</summary>
    private static readonly TimeSpan Automatic = TimeSpan.FromSeconds(300);

    public TimeSpan TimeToLive => Ttl == 1 ? Automatic : TimeSpan.FromSeconds(Ttl);

    /// <summary>TXT is listed in quotes, several strings as several quotes.</summary>
    public string Text => Content.StartsWith('"') && Content.EndsWith('"') && Content.Length >= 2
        ? Content[1..^1].Replace("\" \"", "", StringComparison.Ordinal)
        : Content;

    public static CloudflareRecord? TryRead(JsonElement json) =>
        json.ValueKind == JsonValueKind.Object && Property(json, "id") is { } id
        && Property(json, "type") is { } type && Property(json, "content") is { } content
            ? new CloudflareRecord(
                id,
                type,
                content,
                json.TryGetProperty("ttl", out var ttl)
                && ttl.ValueKind == JsonValueKind.Number && ttl.TryGetInt32(out var seconds)
                    ? seconds
                    : 1,
                json.TryGetProperty("proxied", out var proxied) && proxied.ValueKind == JsonValueKind.True,
                Property(json, "comment"))
            : null;

    /// <summary>What a change has made: the one record of a POST, or those of a batch, as far as the answer tells.</summary>
    public static IReadOnlyList<CloudflareRecord> ReadCreated(JsonElement result) =>
        TryRead(result) is { } one ? [one]
        : result.ValueKind == JsonValueKind.Object && result.TryGetProperty("posts", out var posts)
            && posts.ValueKind == JsonValueKind.Array
            ? [.. posts.EnumerateArray().Select(TryRead).OfType<CloudflareRecord>()]
            : [];

    private static string? Property(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
