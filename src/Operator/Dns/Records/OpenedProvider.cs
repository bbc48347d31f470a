using Operator.Dns.Providers;

namespace Operator.Dns.Records;

/// <param name="Kind">For metrics and messages.</param>
/// <param name="Subject">Digest of what a refusal for good is about: the provider's section and the credentials. Says nothing about either.</param>
public sealed record OpenedProvider(IDnsProvider Provider, string Kind, string Subject);
