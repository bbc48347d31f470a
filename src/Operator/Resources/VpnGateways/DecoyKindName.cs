using System.Text.Json.Serialization;

namespace Operator.Resources.VpnGateways;

[JsonConverter(typeof(JsonStringEnumConverter<DecoyKindName>))]
public enum DecoyKindName
{
    NotFound,
    Static,
    Proxy,
}
