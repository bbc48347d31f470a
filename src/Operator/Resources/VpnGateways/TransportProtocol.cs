using System.Text.Json.Serialization;

namespace Operator.Resources.VpnGateways;

[JsonConverter(typeof(JsonStringEnumConverter<TransportProtocol>))]
public enum TransportProtocol
{
    Any,
    Tcp,
    Udp,
    Icmp,
}
