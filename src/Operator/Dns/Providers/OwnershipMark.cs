using Operator.Dns.Names;

namespace Operator.Dns.Providers;

/// <summary>The TXT record that says whose the addresses of a name are.</summary>
/// <param name="Name">Where it stands; beside the name, not at it, so that a CNAME
/// or a TXT of somebody else is not in its way.</param>
/// <param name="Value">Names the owner; only a record with exactly this value is ours.</param>
/// <param name="Expectation">What must be true at the server for the change to be made.</param>
public sealed record OwnershipMark(DomainName Name, string Value, MarkExpectation Expectation);
