using System.Text.Json.Serialization;

namespace Operator.Resources.DdnsRecords;

/// <summary>Algorithms of RFC 8945 section 6, without those on their way out.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<TsigAlgorithm>))]
public enum TsigAlgorithm
{
    HmacSha256,
    HmacSha384,
    HmacSha512,
}
