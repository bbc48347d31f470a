using Operator.Dns.Providers;

namespace Operator.Certificates.Challenges;

/// <summary>A DNS service with the credentials of a solver.</summary>
/// <param name="Identity">Digest of service and credentials: the same for all who use the account, in any namespace.</param>
internal sealed record OpenedDnsAccount(IDnsProvider Provider, string Identity);
