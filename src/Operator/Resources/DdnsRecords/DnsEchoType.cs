using System.Text.Json.Serialization;

namespace Operator.Resources.DdnsRecords;

[JsonConverter(typeof(JsonStringEnumConverter<DnsEchoType>))]
public enum DnsEchoType
{
    /// <summary>An A or AAAA record, by the family of the server.</summary>
    Address,

    /// <summary>The text of a TXT record.</summary>
    Txt,
}
