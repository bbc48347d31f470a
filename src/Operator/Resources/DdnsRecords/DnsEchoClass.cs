using System.Text.Json.Serialization;

namespace Operator.Resources.DdnsRecords;

/// <summary>RFC 1035 section 3.2.4.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<DnsEchoClass>))]
public enum DnsEchoClass
{
    IN,
    CH,
}
