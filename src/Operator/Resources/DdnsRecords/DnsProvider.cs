using System.ComponentModel.DataAnnotations;
using Operator.Resources.Schemas;

namespace Operator.Resources.DdnsRecords;

/// <summary>Who holds the zone: a kind, and the section of that kind.</summary>
public sealed record DnsProvider
{
    /// <summary>Which kind of provider.</summary>
    [Required]
    public DnsProviderKind Kind { get; init; }

    /// <summary>Cloudflare's API, version 4.</summary>
    [ForKind("Cloudflare")]
    public CloudflareProvider? Cloudflare { get; init; }

    /// <summary>DNS UPDATE (RFC 2136), as BIND, Knot and PowerDNS take it.</summary>
    [ForKind("Rfc2136")]
    public Rfc2136Provider? Rfc2136 { get; init; }

    /// <summary>Duck DNS.</summary>
    [ForKind("DuckDns")]
    public DuckDnsProvider? DuckDns { get; init; }

    /// <summary>One of the many services that speak dyndns2 or something near it.</summary>
    [ForKind("Dyndns2")]
    public Dyndns2Provider? Dyndns2 { get; init; }

    /// <summary>Any service that is updated by fetching a URL.</summary>
    [ForKind("Url")]
    public UrlProvider? Url { get; init; }

    /// <summary>A web hook of your own.</summary>
    [ForKind("Webhook")]
    public WebhookProvider? Webhook { get; init; }
}
