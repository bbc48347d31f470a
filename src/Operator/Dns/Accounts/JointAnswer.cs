using Operator.Dns.Providers;

namespace Operator.Dns.Accounts;

/// <summary>What became of a record's wish that went along with another's request.</summary>
/// <param name="Outcome">Null: the answer says nothing about it that can be relied on, so it goes alone.</param>
public sealed record JointAnswer(NameWish Wish, ProviderOutcome? Outcome);
