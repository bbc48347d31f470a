namespace Operator.Certificates.Acme.Wire;

/// <summary>ACME Renewal Information (RFC 9773 section 4.2).</summary>
internal sealed record RenewalInfo(SuggestedWindow SuggestedWindow, Uri? ExplanationURL = null);
