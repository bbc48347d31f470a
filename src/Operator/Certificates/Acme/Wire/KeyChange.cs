using System.Text.Json.Nodes;

namespace Operator.Certificates.Acme.Wire;

/// <summary>What the new key signs (RFC 8555 section 7.3.5).</summary>
internal sealed record KeyChange(string Account, JsonNode OldKey);
