using Operator.Resources.DdnsRecords;

namespace Operator.Certificates.Challenges;

/// <summary>Opens the DNS service that a solver names, with its credentials.</summary>
internal interface IDnsProviders
{
    /// <exception cref="BlockedException">Its Secret is missing or unusable.</exception>
    Task<OpenedDnsAccount> OpenAsync(string @namespace, DnsProvider provider, CancellationToken stopping);
}
