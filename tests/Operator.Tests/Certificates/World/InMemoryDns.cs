using System.Collections.Immutable;
using System.Net;
using Operator.Certificates.Challenges;
using Operator.Dns.Names;
using Operator.Dns.Providers;
using Operator.Dns.Resolving;
using Operator.Resources.DdnsRecords;

namespace Operator.Tests.Certificates.World;

/// <summary>A DNS service and the servers of its zones in one: what is published is seen at once,
/// unless a test says otherwise.</summary>
internal sealed class InMemoryDns : IDnsProviders, IDnsProvider, IAuthoritativeResolver
{
    private readonly Dictionary<string, HashSet<string>> _txt = [];

    public Dictionary<string, string> Aliases { get; } = [];

    /// <summary>Values that the service took and the world does not see.</summary>
    public bool IsHidden { get; set; }

    public ProviderFailure? Failure { get; set; }

    /// <summary>Only for what is to be taken away.</summary>
    public ProviderFailure? RemovalFailure { get; set; }

    /// <summary>Names that the service does not take: not of this account.</summary>
    public HashSet<string> Foreign { get; } = [];

    public int TxtCount => _txt.Values.Sum(values => values.Count);

    public ProviderCapabilities Capabilities { get; set; } =
        new() { CanList = true, CanDelete = true, ManyAddresses = true, PartialUpdates = true, Text = true };

    /// <summary>As a CA sees it: aliases are followed.</summary>
    public IReadOnlyCollection<string> See(string name) =>
        IsHidden ? [] : _txt.GetValueOrDefault(Aliases.TryGetValue(name, out var target) ? target : name) ?? [];

    public void Publish(string name, string value) => Values(name).Add(value);

    public Task<OpenedDnsAccount> OpenAsync(string @namespace, DnsProvider provider, CancellationToken stopping) =>
        Task.FromResult(new OpenedDnsAccount(this, "the only account"));

    public Task<ProviderOutcome> PresentTextAsync(DomainName name, string value, TimeSpan timeToLive, CancellationToken stopping)
    {
        if (Failure is not null) return Task.FromResult<ProviderOutcome>(new ProviderOutcome.Failed(Failure));
        if (Foreign.Contains(name.Text))
            return Task.FromResult<ProviderOutcome>(
                new ProviderOutcome.Failed(new ProviderFailure(FailureClass.Config, "not yours", "Correct the name.")));
        if (Capabilities.SingleText) _txt.Clear();    // one for the whole account
        return Task.FromResult<ProviderOutcome>(
            Values(name.Text).Add(value) ? new ProviderOutcome.Applied("added") : new ProviderOutcome.Unchanged("there"));
    }

    public Task<ProviderOutcome> RemoveTextAsync(DomainName name, string value, CancellationToken stopping)
    {
        if ((Failure ?? RemovalFailure) is { } failure)
            return Task.FromResult<ProviderOutcome>(new ProviderOutcome.Failed(failure));
        if (Capabilities.SingleText)
        {
            _txt.Clear();    // whatever is there
            return Task.FromResult<ProviderOutcome>(new ProviderOutcome.Applied("cleared"));
        }

        return Task.FromResult<ProviderOutcome>(Values(name.Text).Remove(value)
            ? new ProviderOutcome.Applied("removed")
            : new ProviderOutcome.Unchanged("not there"));
    }

    public Task<ProviderListing<string>> ListTextAsync(DomainName name, CancellationToken stopping) =>
        Task.FromResult<ProviderListing<string>>(new ProviderListing<string>.Found([.. Values(name.Text)]));

    public Task<ProviderListing<PublishedAddress>> ListAddressesAsync(DomainName name, CancellationToken stopping) =>
        throw new NotSupportedException();

    public Task<ProviderOutcome> ApplyAddressesAsync(AddressChange change, CancellationToken stopping) =>
        throw new NotSupportedException();

    public Task<ZoneCut> FindZoneAsync(DomainName name, CancellationToken stopping) =>
        Task.FromResult(new ZoneCut(
            DomainName.Parse("test"), [], DomainName.Parse("ns.test"), 1, TimeSpan.FromHours(1), TimeSpan.FromMinutes(1)));

    public Task<ImmutableArray<NameServer>> FindServersAsync(ZoneCut zone, CancellationToken stopping) =>
        Task.FromResult<ImmutableArray<NameServer>>(
            [
                new NameServer("ns1.test", new IPEndPoint(IPAddress.Loopback, 53)),
                new NameServer("ns2.test", new IPEndPoint(IPAddress.Loopback, 54)),
            ]);

    public Task<ServerAnswer> AskAsync(
        NameServer server, DomainName name, Operator.Dns.Resolving.RecordType type, CancellationToken stopping)
    {
        var values = See(name.Text);
        return Task.FromResult<ServerAnswer>(values.Count == 0
            ? new ServerAnswer.Nothing(NameExists: false, IsAuthoritative: true)
            : new ServerAnswer.Data(
                [.. values.Select(
                    value => new AnsweredRecord(Operator.Dns.Resolving.RecordType.Txt, TimeSpan.FromMinutes(1), value))],
                true));
    }

    public Task<ServerAnswer> AskResolverAsync(
        IPEndPoint resolver, DomainName name, Operator.Dns.Resolving.RecordType type, CancellationToken stopping) =>
        AskAsync(new NameServer("resolver", resolver), name, type, stopping);

    public Task<CnameChain> FollowAsync(DomainName name, CancellationToken stopping) =>
        Task.FromResult(
            new CnameChain(Aliases.TryGetValue(name.Text, out var target) ? [name, DomainName.Parse(target)] : [name]));

    private HashSet<string> Values(string name) => _txt.TryGetValue(name, out var values) ? values : _txt[name] = [];
}
