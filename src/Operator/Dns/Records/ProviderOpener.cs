using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Operator.Dns.Accounts;
using Operator.Dns.Names;
using Operator.Dns.Providers;
using Operator.Dns.Providers.Cloudflare;
using Operator.Dns.Providers.Dyndns2;
using Operator.Dns.Providers.Rfc2136;
using Operator.Dns.Providers.Templates;
using Operator.Dns.Resolving;
using Operator.Resources;
using Operator.Resources.DdnsRecords;
using TsigAlgorithm = DnsProtocol.Tsig.TsigAlgorithm;
using TsigKey = DnsProtocol.Tsig.TsigKey;

namespace Operator.Dns.Records;

/// <summary>Opens the service that a specification names, with its credentials and its account.</summary>
/// <remarks>Providers are kept while section and credentials stay the same, so that what they have learnt (zones) is kept, too;
/// those of earlier ones go.</remarks>
/// <param name="handler">What sends for all that bring no authorities of their own.</param>
public sealed class ProviderOpener(
    IRecordWorld world, HttpMessageHandler handler, ServiceAccounts accounts, DnsMetrics metrics, TimeProvider time)
{
    private static readonly TimeSpan UpdatePatience = TimeSpan.FromSeconds(5);

    private readonly KeptWhileUsed<OpenedProvider> _opened = new(time);
    private readonly KeptWhileUsed<HttpMessageHandler> _trusting = new(time);

    public ServiceAccounts Accounts => accounts;

    /// <summary>How many providers are kept.</summary>
    public int Count => _opened.Values.Count;

    /// <exception cref="SecretMissingException">Credentials or authorities are missing,
    /// or are not what they should be.</exception>
    public async Task<OpenedProvider> OpenAsync(string ns, DnsProvider spec, CancellationToken stopping)
    {
        var secrets = new List<string>();
        async Task<string> Secret(SecretKeyReference? reference)
        {
            if (reference is null) return "";
            var text = await world.FindSecretAsync(ns, reference, stopping);
            if (string.IsNullOrEmpty(text))
                throw new SecretMissingException(
                    $"The Secret {reference.Name} has no key {reference.Key} with something in it. "
                    + $"Create it in namespace {ns}; it is noticed at once.");
            secrets.Add(text);
            return text;
        }

        Func<HttpClient, IDnsProvider> make = spec switch
        {
            { Kind: DnsProviderKind.Cloudflare, Cloudflare: { } section } =>
                Cloudflare(section, await Secret(section.TokenSecret)),
            { Kind: DnsProviderKind.Rfc2136, Rfc2136: { } section } => Rfc2136(section, await Secret(section.Tsig?.Secret)),
            { Kind: DnsProviderKind.DuckDns, DuckDns: { } section } => DuckDns(section, await Secret(section.TokenSecret)),
            { Kind: DnsProviderKind.Dyndns2, Dyndns2: { } section } => Dyndns2(
                section,
                section.UsernameSecret is null ? section.Username ?? "" : await Secret(section.UsernameSecret),
                await Secret(section.PasswordSecret)),
            { Kind: DnsProviderKind.Url, Url: { } section } =>
                Url(section, await Secret(section.UsernameSecret), await Secret(section.PasswordSecret)),
            { Kind: DnsProviderKind.Webhook, Webhook: { } section } => Webhook(section, await Secret(section.SigningSecret)),
            _ => throw new SecretMissingException($"spec.provider has no section for kind {spec.Kind}."),
        };

        var (sender, trusted) = await SenderAsync(ns, spec.Webhook?.TrustBundle, stopping);
        var host = ServiceHost.Of(spec);
        var kind = spec.Kind.ToString();
        var subject = Digest(JsonSerializer.Serialize(spec, ResourceJson.Info<DnsProvider>()), [.. secrets, trusted]);

        // One account, one budget, whichever records use it. Who believes other authorities
        // may reach a service that others do not.
        var place = trusted.Length == 0 ? host.Name : $"{host.Name} {Digest(trusted, [])}";
        var identity = Digest($"{kind} {place} {spec.Dyndns2?.Username}", secrets);
        var account = accounts.Of(
            identity,
            place,
            () => AccountLimits.Budget(spec.Kind, time),
            () => host.Signal(Client(sender), time));
        return _opened.GetOrAdd(
            subject,
            () =>
            {
                var isMetered = spec.Kind != DnsProviderKind.Rfc2136;
                var provider = make(Client(isMetered ? new MeteredHandler(sender, account.Budget) : sender));
                return new OpenedProvider(
                    new LimitedProvider(provider, account.Budget, metrics, kind, isAdmitted: false, isMetered),
                    new LimitedProvider(provider, account.Budget, metrics, kind, isAdmitted: true, isMetered),
                    account, identity, kind, subject);
            },
            known => known.Account == account);
    }

    private async Task<(HttpMessageHandler Sender, string Trusted)> SenderAsync(
        string ns, ConfigMapKeyReference? bundle, CancellationToken stopping)
    {
        if (bundle is null) return (handler, "");

        var pem = await world.FindConfigMapAsync(ns, bundle, stopping)
            ?? throw new SecretMissingException(
                $"The ConfigMap {bundle.Name} has no key {bundle.Key}, which spec.provider.webhook.trustBundle names. "
                + $"Create it in namespace {ns}.");
        var authorities = TrustBundle.Read(pem)
            ?? throw new SecretMissingException(
                $"The ConfigMap {bundle.Name}, key {bundle.Key}, holds no certificate. It takes PEM text: "
                + "-----BEGIN CERTIFICATE----- and so on.");
        return (_trusting.GetOrAdd(Digest(pem, []), () => DnsServices.NewHandler(authorities)), pem);
    }

    private static HttpClient Client(HttpMessageHandler sender) =>
        new(sender, disposeHandler: false) { Timeout = Timeout.InfiniteTimeSpan };

    private Func<HttpClient, IDnsProvider> Cloudflare(Resources.DdnsRecords.CloudflareProvider section, string token) =>
        client => new Providers.Cloudflare.CloudflareProvider(
            client,
            section.Endpoint is { } endpoint
                ? new CloudflareSettings(token, section.ZoneId, section.Proxied)
                {
                    Endpoint = new Uri(endpoint.TrimEnd('/') + "/"),
                }
                : new CloudflareSettings(token, section.ZoneId, section.Proxied),
            time);

    private Func<HttpClient, IDnsProvider> Rfc2136(Resources.DdnsRecords.Rfc2136Provider section, string secret)
    {
        TsigKey? key = null;
        if (section.Tsig is { } tsig)
        {
            var bytes = new byte[secret.Length];
            if (!Convert.TryFromBase64String(secret, bytes, out var length) || length == 0)
                throw new SecretMissingException(
                    $"The Secret {tsig.Secret.Name}, key {tsig.Secret.Key}, is not base64. "
                    + "Take the text after \"secret\" from the key file, without quotes.");
            key = new TsigKey(tsig.KeyName, (TsigAlgorithm)tsig.Algorithm, bytes[..length]);
        }

        var zone = section.Zone is { } text && DomainName.TryParse(text, out var name) ? name : null;
        return _ => new Providers.Rfc2136.Rfc2136Provider(
            new Rfc2136Settings([.. section.Servers], zone, key), new DnsExchange(time, UpdatePatience), time);
    }

    private Func<HttpClient, IDnsProvider> DuckDns(Resources.DdnsRecords.DuckDnsProvider section, string token) => client =>
        new Providers.DuckDns.DuckDnsProvider(client, token, time, section.Endpoint is { } endpoint ? new Uri(endpoint) : null);

    private Func<HttpClient, IDnsProvider> Dyndns2(Dyndns2Provider section, string user, string password)
    {
        const string plain = "?hostname={hostname}&myip={addresses}";
        TemplateSettings template;
        if (section.Preset == "custom") template = new TemplateSettings(section.Endpoint + plain);
        else if (PresetFile.All.TryGetValue(section.Preset, out var preset)) template = preset.Template;
        else
            throw new SecretMissingException(
                $"There is no preset {section.Preset}. There are: custom, {string.Join(", ", PresetFile.All.Keys)}.");

        // Another address for a preset keeps its parameters.
        if (section is { Preset: not "custom", Endpoint: { } endpoint })
            template = template with
            {
                Url = endpoint + template.Url[template.Url.IndexOf('?', StringComparison.Ordinal)..], Ipv6Url = null,
            };
        var zone = section.Parameters.TryGetValue("zone", out var text) && DomainName.TryParse(text, out var name) ? name : null;
        return client => new TemplateProvider(client, template with { User = user, Password = password, Zone = zone }, time);
    }

    private Func<HttpClient, IDnsProvider> Url(UrlProvider section, string user, string password)
    {
        var rules = section.Permanent.Select(pattern => AnswerRule.Create(AnswerMeaning.Config, pattern))
            .Concat(section.Wait.Select(pattern => AnswerRule.Create(AnswerMeaning.Transient, pattern)))
            .Concat(section.Success.Select(pattern => AnswerRule.Create(AnswerMeaning.Applied, pattern)));
        return client => new TemplateProvider(
            client,
            new TemplateSettings(section.Template)
            {
                Grammar = AnswerGrammar.Patterns,
                Rules = [.. rules],
                BasicAuthentication = section.BasicAuthentication,
                Method = new HttpMethod(section.Method.ToString().ToUpperInvariant()),
                User = user,
                Password = password,
            },
            time);
    }

    private Func<HttpClient, IDnsProvider> Webhook(Resources.DdnsRecords.WebhookProvider section, string key) => client =>
        new Providers.Webhook.WebhookProvider(client, new Uri(section.Url), key, time);

    private static string Digest(string text, IEnumerable<string> secrets) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{text}\0{string.Join('\0', secrets)}")))[..16];
}
