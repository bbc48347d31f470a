using System.Text.Json.Serialization;

namespace Interop.Tests.Tls;

/// <summary>One line of testssl.sh's JSON report.</summary>
public sealed record TlsFinding(
    [property: JsonPropertyName("id")] string Id,
    [property: JsonPropertyName("severity")] string Severity,
    [property: JsonPropertyName("finding")] string Finding);
