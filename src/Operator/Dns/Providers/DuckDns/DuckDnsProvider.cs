using System.Net;
using Operator.Dns.Names;
using Operator.Dns.Providers.Http;

namespace Operator.Dns.Providers.DuckDns;

/// <summary>Duck DNS: one GET with the token in the URL, answered OK or KO.</summary>
/// <remarks>
/// The service knows domains directly below duckdns.org; what is below those shares their addresses and their single TXT. KO is
/// the one word for a wrong token, a foreign domain and malformed input, so the advice names all three.
/// </remarks>
/// <param name="endpoint">https://www.duckdns.org, but for tests.</param>
public sealed class DuckDnsProvider(HttpClient client, string token, TimeProvider time, Uri? endpoint = null) : IDnsProvider
{
    private static readonly DomainName Zone = DomainName.Parse("duckdns.org");

    private readonly Uri _endpoint = endpoint ?? new Uri("https://www.duckdns.org/");
    private readonly ServiceClient _service = new(client, time, token);

    public ProviderCapabilities Capabilities { get; } = new()
    {
        CanList = false,
        CanDelete = true,
        ManyAddresses = false,
        PartialUpdates = true,
        Text = true,
        SingleText = true,
        FixedTimeToLive = TimeSpan.FromSeconds(60),
    };

    public Task<ProviderListing<PublishedAddress>> ListAddressesAsync(DomainName name, CancellationToken stopping) =>
        throw new NotSupportedException("Duck DNS cannot say what is published");

    public Task<ProviderListing<string>> ListTextAsync(DomainName name, CancellationToken stopping) =>
        throw new NotSupportedException("Duck DNS cannot say what is published");

    public Task<ProviderOutcome> ApplyAddressesAsync(AddressChange change, CancellationToken stopping)
    {
        // clear=true wipes both families; one alone cannot be removed.
        if (change.IsRemoval) return CallAsync(change.Name, "clear=true", stopping);

        // An empty ip without ipv6 makes the service take the sender's address, so only what is known is named.
        var parameters = new List<string>();
        if (change.V4 is [var v4, ..]) parameters.Add($"ip={v4}");
        if (change.V6 is [var v6, ..]) parameters.Add($"ipv6={v6}");
        return CallAsync(change.Name, string.Join('&', parameters), stopping);
    }

    public Task<ProviderOutcome> PresentTextAsync(
        DomainName name, string value, TimeSpan timeToLive, CancellationToken stopping) =>
        CallAsync(name, $"txt={Uri.EscapeDataString(value)}", stopping);

    public Task<ProviderOutcome> RemoveTextAsync(DomainName name, string value, CancellationToken stopping) =>
        CallAsync(name, $"txt={Uri.EscapeDataString(value)}&clear=true", stopping);

    private async Task<ProviderOutcome> CallAsync(DomainName name, string parameters, CancellationToken stopping)
    {
        if (!name.IsWithin(Zone) || name == Zone)
            return Failed(
                FailureClass.Config, name.Text,
                "Duck DNS holds names below duckdns.org only; correct spec.fqdn or choose another provider.");

        var domain = name.RelativeTo(Zone).Split('.')[^1];
        var url = new Uri(_endpoint, $"update?domains={domain}&token={Uri.EscapeDataString(token)}&{parameters}&verbose=true");
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        var (answer, failure) = await _service.SendAsync(request, stopping);
        return failure is not null ? new ProviderOutcome.Failed(failure) : Classify(answer!);
    }

    // Verbose: OK, then the addresses on a line each, then UPDATED or NOCHANGE.
    private ProviderOutcome Classify(HttpAnswer answer)
    {
        var lines = answer.Body.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var words = _service.Quote(string.Join(' ', lines));
        return lines switch
        {
            ["OK", .., "NOCHANGE"] when answer.IsSuccess => new ProviderOutcome.Unchanged(words),
            ["OK", ..] when answer.IsSuccess => new ProviderOutcome.Applied(words),
            ["KO", ..] when answer.Status is HttpStatusCode.OK => Failed(
                FailureClass.Auth, words,
                "Duck DNS says no more than KO: the token is wrong, the domain is not this account's, "
                + "or an address is malformed. Check the Secret and spec.fqdn."),
            _ => new ProviderOutcome.Failed(_service.FromStatus(answer)),
        };
    }

    private static ProviderOutcome.Failed Failed(FailureClass failureClass, string words, string advice) =>
        new(new ProviderFailure(failureClass, words, advice));
}
