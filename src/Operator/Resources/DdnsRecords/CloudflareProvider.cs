using System.ComponentModel.DataAnnotations;
using Operator.Resources.Schemas;

namespace Operator.Resources.DdnsRecords;

/// <summary>Cloudflare's API, version 4.</summary>
public sealed record CloudflareProvider
{
    /// <summary>An API token with <c>DNS:Edit</c> on the zone, and <c>Zone:Read</c> unless <c>zoneId</c> is given.</summary>
    [Required]
    public SecretKeyReference TokenSecret { get; init; } = new();

    /// <summary>The zone's identifier. Left out: found by name, which the token must allow.</summary>
    [MaxLength(32), RegularExpression("^[0-9a-f]{32}$")]
    public string? ZoneId { get; init; }

    /// <summary>Whether Cloudflare's proxy stands before the name. SSTP does not pass through it.
    /// Left out: kept as it is, off for new records.</summary>
    public bool? Proxied { get; init; }

    /// <summary>The API. Left out: Cloudflare's own.</summary>
    [Form(TextForm.HttpUrl)]
    public string? Endpoint { get; init; }
}
