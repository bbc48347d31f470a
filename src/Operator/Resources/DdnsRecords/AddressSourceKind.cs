using System.Text.Json.Serialization;

namespace Operator.Resources.DdnsRecords;

[JsonConverter(typeof(JsonStringEnumConverter<AddressSourceKind>))]
public enum AddressSourceKind
{
    Static,
    Web,
    Dns,
    Interface,
    Node,
    Service,
    VpnGateway,
    Router,
    Push,
}
