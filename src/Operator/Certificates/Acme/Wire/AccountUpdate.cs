namespace Operator.Certificates.Acme.Wire;

/// <summary>RFC 8555 sections 7.3.2 and 7.3.6: new contacts, or "deactivated".</summary>
internal sealed record AccountUpdate(IReadOnlyList<string>? Contact = null, string? Status = null);
