using System.Text.Json.Serialization;

namespace Operator.Resources.DdnsRecords;

[JsonConverter(typeof(JsonStringEnumConverter<FailoverMode>))]
public enum FailoverMode
{
    Ordered,
    AllHealthy,
}
