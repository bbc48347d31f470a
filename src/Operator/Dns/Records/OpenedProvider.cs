using Operator.Dns.Accounts;
using Operator.Dns.Providers;

namespace Operator.Dns.Records;

/// <param name="Provider">For whoever comes: refuses when the account's budget is spent.</param>
/// <param name="Admitted">For who was admitted by the account.</param>
/// <param name="Identity">Digest of service and credentials: the account's, whoever uses it.</param>
/// <param name="Kind">For metrics and messages.</param>
/// <param name="Subject">Digest of what a refusal for good is about: the provider's section and the credentials.
/// Says nothing about either.</param>
public sealed record OpenedProvider(
    IDnsProvider Provider, IDnsProvider Admitted, ServiceAccount Account, string Identity, string Kind, string Subject);
