using Operator.Dns.Providers;
using Operator.Resources.DdnsRecords;

namespace Operator.Certificates.Challenges;

/// <summary>Opens the DNS service that a solver names, with its credentials.</summary>
internal interface IDnsProviders
{
    /// <exception cref="BlockedException">Its Secret is missing or unusable.</exception>
    Task<IDnsProvider> OpenAsync(string @namespace, DnsProvider provider, CancellationToken stopping);
}
