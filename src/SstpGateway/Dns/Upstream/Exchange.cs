using SstpGateway.Dns.Messages;

namespace SstpGateway.Dns.Upstream;

/// <summary>What one attempt at one server came to.</summary>
/// <param name="Answer">Never null with <see cref="ExchangeOutcome.Answered"/>;
/// may be set with <see cref="ExchangeOutcome.Failed"/>.</param>
internal readonly record struct Exchange(ExchangeOutcome Outcome, DnsAnswer? Answer);
