using System.Text.Json.Serialization;

namespace Operator.Resources.VpnGateways;

[JsonConverter(typeof(JsonStringEnumConverter<NodeSpread>))]
public enum NodeSpread
{
    Required,
    Preferred,
    None,
}
