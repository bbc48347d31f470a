using System.Collections.Concurrent;
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

/// <summary>Opens the service that a specification names, with its credentials and the budget of its account.</summary>
/// <remarks>Providers are kept while section and credentials stay the same, so that what they have learnt (zones) is kept, too.</remarks>
public sealed class ProviderOpener(IRecordWorld world, HttpClient client, DnsMetrics metrics, TimeProvider time)
{
    private static readonly TimeSpan UpdatePatience = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, OpenedProvider> _opened = new();
    private readonly ConcurrentDictionary<string, AccountBudget> _budgets = new();

    /// <exception cref="SecretMissingException">Credentials are missing.</exception>
    public async Task<OpenedProvider> OpenAsync(string ns, DnsProvider spec, CancellationToken stopping)
    {
        var secrets = new List<string>();
        async Task<string> Secret(SecretKeyReference? reference)
        {
            if (reference is null) return "";
            var text = await world.FindSecretAsync(ns, reference, stopping);
            if (string.IsNullOrEmpty(text))
                throw new SecretMissingException($"The Secret {reference.Name} has no key {reference.Key} with something in it. Create it in namespace {ns}; it is noticed at once.");
            secrets.Add(text);
            return text;
        }

        Func<IDnsProvider> make = spec switch
        {
            { Kind: DnsProviderKind.Cloudflare, Cloudflare: { } section } => Cloudflare(section, await Secret(section.TokenSecret)),
            { Kind: DnsProviderKind.Rfc2136, Rfc2136: { } section } => Rfc2136(section, await Secret(section.Tsig?.Secret)),
            { Kind: DnsProviderKind.DuckDns, DuckDns: { } section } => DuckDns(section, await Secret(section.TokenSecret)),
            { Kind: DnsProviderKind.Dyndns2, Dyndns2: { } section } => Dyndns2(
                section, section.UsernameSecret is null ? section.Username ?? "" : await Secret(section.UsernameSecret), await Secret(section.PasswordSecret)),
            { Kind: DnsProviderKind.Url, Url: { } section } => Url(section, await Secret(section.UsernameSecret), await Secret(section.PasswordSecret)),
            { Kind: DnsProviderKind.Webhook, Webhook: { } section } => Webhook(section, await Secret(section.SigningSecret)),
            _ => throw new SecretMissingException($"spec.provider has no section for kind {spec.Kind}."),
        };

        var subject = Digest(JsonSerializer.Serialize(spec, ResourceJson.Info<DnsProvider>()), secrets);
        return _opened.GetOrAdd(subject, _ => new OpenedProvider(
            new LimitedProvider(make(), BudgetOf(spec, secrets), metrics, spec.Kind.ToString()), spec.Kind.ToString(), subject));
    }

    private Func<IDnsProvider> Cloudflare(Resources.DdnsRecords.CloudflareProvider section, string token) => () => new Providers.Cloudflare.CloudflareProvider(
        client,
        section.Endpoint is { } endpoint
            ? new CloudflareSettings(token, section.ZoneId, section.Proxied) { Endpoint = new Uri(endpoint.TrimEnd('/') + "/") }
            : new CloudflareSettings(token, section.ZoneId, section.Proxied),
        time);

    private Func<IDnsProvider> Rfc2136(Resources.DdnsRecords.Rfc2136Provider section, string secret)
    {
        TsigKey? key = null;
        if (section.Tsig is { } tsig)
        {
            var bytes = new byte[secret.Length];
            if (!Convert.TryFromBase64String(secret, bytes, out var length) || length == 0)
                throw new SecretMissingException($"The Secret {tsig.Secret.Name}, key {tsig.Secret.Key}, is not base64. Take the text after \"secret\" from the key file, without quotes.");
            key = new TsigKey(tsig.KeyName, (TsigAlgorithm)tsig.Algorithm, bytes[..length]);
        }

        var zone = section.Zone is { } text && DomainName.TryParse(text, out var name) ? name : null;
        return () => new Providers.Rfc2136.Rfc2136Provider(new Rfc2136Settings([.. section.Servers], zone, key), new DnsExchange(time, UpdatePatience), time);
    }

    private Func<IDnsProvider> DuckDns(Resources.DdnsRecords.DuckDnsProvider section, string token) => () =>
        new Providers.DuckDns.DuckDnsProvider(client, token, time, section.Endpoint is { } endpoint ? new Uri(endpoint) : null);

    private Func<IDnsProvider> Dyndns2(Dyndns2Provider section, string user, string password)
    {
        const string plain = "?hostname={hostname}&myip={addresses}";
        TemplateSettings template;
        if (section.Preset == "custom") template = new TemplateSettings(section.Endpoint + plain);
        else if (PresetFile.All.TryGetValue(section.Preset, out var preset)) template = preset.Template;
        else throw new SecretMissingException($"There is no preset {section.Preset}. There are: custom, {string.Join(", ", PresetFile.All.Keys)}.");

        // Another address for a preset keeps its parameters.
        if (section is { Preset: not "custom", Endpoint: { } endpoint })
            template = template with { Url = endpoint + template.Url[template.Url.IndexOf('?', StringComparison.Ordinal)..], Ipv6Url = null };
        var zone = section.Parameters.TryGetValue("zone", out var text) && DomainName.TryParse(text, out var name) ? name : null;
        return () => new TemplateProvider(client, template with { User = user, Password = password, Zone = zone }, time);
    }

    private Func<IDnsProvider> Url(UrlProvider section, string user, string password)
    {
        var rules = section.Permanent.Select(pattern => AnswerRule.Create(AnswerMeaning.Config, pattern))
            .Concat(section.Wait.Select(pattern => AnswerRule.Create(AnswerMeaning.Transient, pattern)))
            .Concat(section.Success.Select(pattern => AnswerRule.Create(AnswerMeaning.Applied, pattern)));
        return () => new TemplateProvider(
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

    private Func<IDnsProvider> Webhook(Resources.DdnsRecords.WebhookProvider section, string key) => () =>
        new Providers.Webhook.WebhookProvider(client, new Uri(section.Url), key, time);

    // One account, one budget, whichever records use it; a kind without secrets is one account for all.
    private AccountBudget BudgetOf(DnsProvider spec, List<string> secrets)
    {
        // Cloudflare: 1200 calls in 5 minutes for a user, dashboard included, so half of it. Others say nothing; a call a second is never rude.
        var (capacity, period) = spec.Kind switch
        {
            DnsProviderKind.Cloudflare => (600, TimeSpan.FromMinutes(5)),
            DnsProviderKind.Rfc2136 => (3000, TimeSpan.FromMinutes(1)),
            _ => (60, TimeSpan.FromMinutes(1)),
        };
        return _budgets.GetOrAdd(Digest(spec.Kind.ToString(), secrets), _ => new AccountBudget(capacity, period, time));
    }

    private static string Digest(string text, List<string> secrets) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{text}\0{string.Join('\0', secrets)}")))[..16];
}
