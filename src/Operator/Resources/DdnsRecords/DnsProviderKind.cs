using System.Text.Json.Serialization;

namespace Operator.Resources.DdnsRecords;

[JsonConverter(typeof(JsonStringEnumConverter<DnsProviderKind>))]
public enum DnsProviderKind
{
    Cloudflare,
    Rfc2136,
    DuckDns,
    Dyndns2,
    Url,
    Webhook,
}
