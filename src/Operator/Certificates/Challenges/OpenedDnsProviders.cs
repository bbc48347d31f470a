using Operator.Dns.Records;
using Operator.Resources.DdnsRecords;

namespace Operator.Certificates.Challenges;

/// <summary>The services that DdnsRecords use, with the same accounts and budgets.</summary>
internal sealed class OpenedDnsProviders(ProviderOpener opener) : IDnsProviders
{
    public async Task<OpenedDnsAccount> OpenAsync(string @namespace, DnsProvider provider, CancellationToken stopping)
    {
        try
        {
            var opened = await opener.OpenAsync(@namespace, provider, stopping);
            return new OpenedDnsAccount(opened.Provider, opened.Identity);
        }
        catch (SecretMissingException missing)
        {
            throw new BlockedException("DnsCredentialsMissing", missing.Message);
        }
    }
}
