using Operator.Dns.Providers.Cloudflare;
using Operator.Dns.Providers.Dyndns2;
using Operator.Resources.DdnsRecords;

namespace Operator.Dns.Accounts;

/// <summary>Where a specification's service is: what looks go to while it is out.</summary>
/// <param name="Name">Scheme, host and port, or name servers with commas.</param>
public sealed record ServiceHost(string Name)
{
    private Uri? Web { get; init; }

    private IReadOnlyList<string> Servers { get; init; } = [];

    public static ServiceHost Of(DnsProvider spec)
    {
        if (spec.Rfc2136 is { } update && spec.Kind == DnsProviderKind.Rfc2136)
            return new ServiceHost(string.Join(',', update.Servers)) { Servers = update.Servers };

        var url = spec.Kind switch
        {
            DnsProviderKind.Cloudflare => spec.Cloudflare?.Endpoint ?? CloudflareSettings.DefaultEndpoint.AbsoluteUri,
            DnsProviderKind.DuckDns => spec.DuckDns?.Endpoint ?? "https://www.duckdns.org/",
            DnsProviderKind.Dyndns2 =>
                spec.Dyndns2?.Endpoint
                ?? (PresetFile.All.TryGetValue(spec.Dyndns2?.Preset ?? "", out var preset) ? preset.Template.Url : null),
            DnsProviderKind.Url => spec.Url?.Template,
            _ => spec.Webhook?.Url,
        };

        // A template's places stand behind the host, where they are no part of what is looked at.
        return Uri.TryCreate(url?.Split('{', '[')[0].Split('?')[0], UriKind.Absolute, out var web) && web.Host.Length > 0
            ? new ServiceHost(web.GetLeftPart(UriPartial.Authority)) { Web = web }
            : new ServiceHost("");
    }

    /// <summary>How it is looked at. A host that the template makes only when it is filled in cannot be,
    /// so it never seems to have come back.</summary>
    public ILivenessSignal Signal(HttpClient client, TimeProvider time) =>
        Web is { } web ? new HttpLiveness(client, web, time) : new TcpLiveness(Servers, time);
}
