using System.Text.Json.Serialization;

namespace Operator.Resources.DdnsRecords;

/// <summary>As in the status of a Node.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<NodeAddressType>))]
public enum NodeAddressType
{
    ExternalIP,
    InternalIP,
}
