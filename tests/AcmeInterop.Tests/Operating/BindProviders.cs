using AcmeInterop.Tests.Cluster;
using DnsProtocol.Tsig;
using Operator.Certificates.Challenges;
using Operator.Dns.Names;
using Operator.Dns.Providers;
using Operator.Dns.Providers.Rfc2136;
using Operator.Dns.Resolving;
using Operator.Resources.DdnsRecords;

namespace AcmeInterop.Tests.Operating;

/// <summary>The product's own RFC 2136 provider, with a step before and after each change.</summary>
internal sealed class BindProviders(FolderCluster cluster, Action<string> step) : IDnsProviders
{
    public Task<OpenedDnsAccount> OpenAsync(string @namespace, DnsProvider provider, CancellationToken stopping)
    {
        var section = provider.Rfc2136!;
        var secret = cluster.ReadSecret(section.Tsig!.Secret.Name)!.Text(section.Tsig.Secret.Key)!;
        var key = new DnsProtocol.Tsig.TsigKey(
            section.Tsig.KeyName, DnsProtocol.Tsig.TsigAlgorithm.HmacSha256, Convert.FromBase64String(secret));
        var real = new Operator.Dns.Providers.Rfc2136.Rfc2136Provider(
            new Rfc2136Settings([.. section.Servers], null, key),
            new DnsExchange(TimeProvider.System, TimeSpan.FromSeconds(30)),
            TimeProvider.System);
        return Task.FromResult(new OpenedDnsAccount(new Stepped(real, step), section.Tsig.KeyName));
    }

    private sealed class Stepped(IDnsProvider inner, Action<string> step) : IDnsProvider
    {
        public ProviderCapabilities Capabilities => inner.Capabilities;

        public Task<ProviderListing<PublishedAddress>> ListAddressesAsync(DomainName name, CancellationToken stopping) =>
            inner.ListAddressesAsync(name, stopping);

        public Task<ProviderOutcome> ApplyAddressesAsync(AddressChange change, CancellationToken stopping) =>
            inner.ApplyAddressesAsync(change, stopping);

        public Task<ProviderListing<string>> ListTextAsync(DomainName name, CancellationToken stopping) =>
            inner.ListTextAsync(name, stopping);

        public async Task<ProviderOutcome> PresentTextAsync(
            DomainName name, string value, TimeSpan timeToLive, CancellationToken stopping)
        {
            step($"before adding TXT at {name}");
            var outcome = await inner.PresentTextAsync(name, value, timeToLive, stopping);
            step($"after adding TXT at {name}");
            return outcome;
        }

        public async Task<ProviderOutcome> RemoveTextAsync(DomainName name, string value, CancellationToken stopping)
        {
            step($"before removing TXT at {name}");
            var outcome = await inner.RemoveTextAsync(name, value, stopping);
            step($"after removing TXT at {name}");
            return outcome;
        }
    }
}
