using System.Text.Json.Nodes;

namespace Operator.Certificates.Acme.Wire;

/// <summary>RFC 8555 section 7.3.</summary>
internal sealed record NewAccount(
    bool? TermsOfServiceAgreed,
    IReadOnlyList<string>? Contact,
    bool? OnlyReturnExisting,
    JsonNode? ExternalAccountBinding);
