using System.Text.Json.Serialization;

namespace Operator.Resources;

[JsonConverter(typeof(JsonStringEnumConverter<ConditionStatus>))]
public enum ConditionStatus
{
    Unknown,
    True,
    False,
}
