using System.Text.Json.Serialization;

namespace Operator.Resources.DdnsRecords;

[JsonConverter(typeof(JsonStringEnumConverter<AllDown>))]
public enum AllDown
{
    KeepLast,
    PublishAll,
}
