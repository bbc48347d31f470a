using System.Text.Json.Nodes;

namespace Operator.Tests.Certificates.SimulatedCa;

internal sealed class CaAccount(string url, JsonNode jwk, string thumbprint)
{
    public string Url => url;

    public JsonNode Jwk { get; set; } = jwk;

    public string Thumbprint { get; set; } = thumbprint;

    public string Contact { get; set; } = "";

    public bool Deactivated { get; set; }
}
