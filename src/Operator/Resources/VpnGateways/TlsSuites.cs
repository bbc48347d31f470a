using System.Text.Json.Serialization;

namespace Operator.Resources.VpnGateways;

[JsonConverter(typeof(JsonStringEnumConverter<TlsSuites>))]
public enum TlsSuites
{
    Modern,
    LegacyRouterOs,
}
