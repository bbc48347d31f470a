namespace Operator.Dns.Verifying;

/// <summary>What one server says about the name, both families together.</summary>
/// <param name="Addresses">Null when it could not be found out.</param>
/// <param name="Problem">What is wrong with the answer, for people; null when it is only another set.</param>
public sealed record ServerFinding(string Server, bool IsAuthoritative, AddressSet? Addresses, string? Problem);
