using System.Text.Json.Serialization;

namespace CloudEdge.Providers.Cloudflare;

/// <summary>Tokens here only allow.</summary>
public enum PolicyEffect
{
    [JsonStringEnumMemberName("allow")]
    Allow,
}
