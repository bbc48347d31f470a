namespace Operator.Certificates.Acme.Wire;

/// <summary>When the CA would like a certificate to be renewed (RFC 9773 section 4.2).</summary>
internal sealed record SuggestedWindow(DateTimeOffset Start, DateTimeOffset End);
