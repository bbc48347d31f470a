using System.Text.Json.Serialization;

namespace Operator.Resources.DdnsRecords;

/// <summary>RFC 1035 and RFC 3596.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RecordType>))]
public enum RecordType
{
    A,
    AAAA,
}
