using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Operator.Dns.Names;
using Operator.Dns.Providers.Dyndns2;
using Operator.Dns.Providers.Http;

namespace Operator.Dns.Providers.Templates;

/// <summary>A service that takes an update as one GET and answers in a few words:
/// the dyndns2 family and its neighbours.</summary>
public sealed class TemplateProvider(HttpClient client, TemplateSettings settings, TimeProvider time) : IDnsProvider
{
    private readonly ServiceClient _service = new(client, time, settings.Password, Basic(settings.User, settings.Password));

    public ProviderCapabilities Capabilities { get; } = new()
    {
        CanList = false,
        CanDelete = false,
        ManyAddresses = false,
        PartialUpdates = settings.Families is not FamilyMode.AlwaysBoth,
        Ipv6 = settings.Families is not FamilyMode.Ipv4Only,
        Text = false,
        NamesARequest = settings is { Grammar: AnswerGrammar.Dyndns2, UserTemplate: null, Families: not FamilyMode.Apart }
            ? settings.NamesARequest
            : 1,
        RefusesAccounts = settings is { Grammar: AnswerGrammar.Dyndns2, UserTemplate: null },
        MinInterval = settings.MinInterval,
        RefreshAfter = settings.RefreshAfter,
    };

    public Task<ProviderListing<PublishedAddress>> ListAddressesAsync(DomainName name, CancellationToken stopping) =>
        throw new NotSupportedException("dyndns2 cannot say what is published");

    public Task<ProviderListing<string>> ListTextAsync(DomainName name, CancellationToken stopping) => throw NoText();

    public Task<ProviderOutcome> PresentTextAsync(
        DomainName name, string value, TimeSpan timeToLive, CancellationToken stopping) =>
        throw NoText();

    public Task<ProviderOutcome> RemoveTextAsync(DomainName name, string value, CancellationToken stopping) => throw NoText();

    public async Task<ProviderOutcome> ApplyAddressesAsync(AddressChange change, CancellationToken stopping)
    {
        if (change.IsRemoval) throw new NotSupportedException("dyndns2 cannot remove a name's addresses");

        var (v4, v6) = Addresses(change);
        if (settings.Families != FamilyMode.Apart || v4 is null || v6 is null) return await SendAsync(change, v4, v6, stopping);

        // Two requests; the second is not sent after a failure, so that an account is not hammered with what it refuses.
        var ipv4 = await SendAsync(change, v4, null, stopping);
        if (ipv4 is ProviderOutcome.Failed) return ipv4;
        var ipv6 = await SendAsync(change, null, v6, stopping);
        return ipv6 is ProviderOutcome.Unchanged ? ipv4 : ipv6;
    }

    public async Task<ImmutableArray<ProviderOutcome?>> ApplyTogetherAsync(
        ImmutableArray<AddressChange> changes, CancellationToken stopping)
    {
        if (changes.Length > Capabilities.NamesARequest)
            throw new NotSupportedException($"the service takes {Capabilities.NamesARequest} names a request");

        var (v4, v6) = Addresses(changes[0]);
        DomainName[] names = [.. changes.Select(change => change.Name)];
        var (answer, failure) = await AskAsync(names, v4, v6, changes[0].TimeToLive, stopping);
        return failure is not null
            ? [.. names.Select(_ => new ProviderOutcome.Failed(failure))]
            : Dyndns2List.Classify(answer!, _service, names, v4, v6);
    }

    /// <summary>The request for one update; the same for the same settings,
    /// so that a test can hold it against the preset.</summary>
    public HttpRequestMessage Render(DomainName name, IPAddress? v4, IPAddress? v6, TimeSpan? timeToLive = null) =>
        Render([name], v4, v6, timeToLive);

    /// <summary>The same for several names.</summary>
    public HttpRequestMessage Render(IReadOnlyList<DomainName> names, IPAddress? v4, IPAddress? v6, TimeSpan? timeToLive = null)
    {
        var values = Values(names, v4, v6, timeToLive);
        var template = v4 is null && settings.Ipv6Url is { } ipv6Url ? ipv6Url : settings.Url;
        var request = new HttpRequestMessage(settings.Method, UrlTemplate.Fill(template, values));
        if (settings.BasicAuthentication)
        {
            var user = settings.UserTemplate is { } userTemplate
                ? Uri.UnescapeDataString(UrlTemplate.Fill(userTemplate, values))
                : settings.User;
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Basic(user, settings.Password));
        }

        return request;
    }

    /// <summary>The class of an answer to an update of these addresses. Pure.</summary>
    public ProviderOutcome Classify(HttpAnswer answer, IPAddress? v4, IPAddress? v6) => settings.Grammar == AnswerGrammar.Dyndns2
        ? Dyndns2Answer.Classify(answer, _service, v4, v6)
        : PatternAnswer.Classify(answer, _service, settings.Rules);

    private async Task<ProviderOutcome> SendAsync(AddressChange change, IPAddress? v4, IPAddress? v6, CancellationToken stopping)
    {
        var (answer, failure) = await AskAsync([change.Name], v4, v6, change.TimeToLive, stopping);
        return failure is not null ? new ProviderOutcome.Failed(failure) : Classify(answer!, v4, v6);
    }

    private async Task<(HttpAnswer? Answer, ProviderFailure? Failure)> AskAsync(
        IReadOnlyList<DomainName> names, IPAddress? v4, IPAddress? v6, TimeSpan timeToLive, CancellationToken stopping)
    {
        HttpRequestMessage rendered;
        try
        {
            rendered = Render(names, v4, v6, timeToLive);
        }
        catch (FormatException exception)
        {
            return (null, new ProviderFailure(FailureClass.Config, exception.Message, "Correct the template in spec.provider."));
        }

        using var request = rendered;
        return await _service.SendAsync(request, stopping);
    }

    private static (IPAddress? V4, IPAddress? V6) Addresses(AddressChange change) =>
        (change.V4 is [var v4, ..] ? v4 : null, change.V6 is [var v6, ..] ? v6 : null);

    private Dictionary<string, string?> Values(
        IReadOnlyList<DomainName> names, IPAddress? v4, IPAddress? v6, TimeSpan? timeToLive) => new()
    {
        // Presets follow the words of dyndns2, and resources those of their own fields.
        ["hostname"] = string.Join(',', names.Select(name => name.Text)),
        ["fqdn"] = names[0].Text,
        ["host"] = settings.Zone is { } zone && names[0].IsWithin(zone)
            ? names[0].RelativeTo(zone) is { Length: > 0 } host ? host : "@"
            : names[0].Text.Split('.')[0],
        ["zone"] = settings.Zone?.Text ?? names[0].Parent?.Text,
        ["ipv4"] = v4?.ToString(),
        ["ipv6"] = v6?.ToString(),
        ["ip"] = (v4 ?? v6)?.ToString(),
        ["addresses"] = string.Join(',', new[] { v4, v6 }.OfType<IPAddress>()),
        ["user"] = settings.User,
        ["username"] = settings.User,
        ["password"] = settings.Password,
        ["ttl"] = timeToLive?.TotalSeconds.ToString("0", CultureInfo.InvariantCulture),
    };

    private static NotSupportedException NoText() => new("dyndns2 has no TXT records");

    private static string Basic(string user, string password) =>
        Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"));
}
