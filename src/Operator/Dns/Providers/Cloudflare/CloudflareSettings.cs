namespace Operator.Dns.Providers.Cloudflare;

/// <summary>An account at Cloudflare.</summary>
/// <param name="Token">An API token with DNS:Edit on the zone; Zone:Read too, unless <paramref name="ZoneId"/> is given.</param>
/// <param name="ZoneId">Spares the look-up, which tokens for a single zone may not do.</param>
/// <param name="Proxied">Whether traffic goes through Cloudflare; null leaves each
/// record as it is, and new ones unproxied.</param>
public sealed record CloudflareSettings(string Token, string? ZoneId = null, bool? Proxied = null)
{
    public static readonly Uri DefaultEndpoint = new("https://api.cloudflare.com/client/v4/");

    public Uri Endpoint { get; init; } = DefaultEndpoint;

    /// <summary>Keeps the token out of whatever prints a record.</summary>
    public override string ToString() => $"CloudflareSettings {{ ZoneId = {ZoneId} }}";
}
