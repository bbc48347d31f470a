namespace Operator.Certificates.Acme.Wire;

/// <summary>RFC 8555 section 7.1.2.</summary>
internal sealed record Account(AccountStatus Status, IReadOnlyList<string>? Contact = null);
