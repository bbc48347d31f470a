using SstpGateway.Dns.Messages;
using SstpProtocol;

namespace SstpGateway.Dns.Caching;

/// <summary>An answer and since when its times run.</summary>
internal sealed record CachedAnswer(AnswerKey Key, DnsAnswer Answer, MonotonicTime StoredAt);
