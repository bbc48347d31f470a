using System.Text.Json.Serialization;

namespace Operator.Resources.DdnsRecords;

/// <summary>RFC 6887, RFC 6886, and UPnP's WANIPConnection.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RouterProtocol>))]
public enum RouterProtocol
{
    Pcp,
    NatPmp,
    Upnp,
}
