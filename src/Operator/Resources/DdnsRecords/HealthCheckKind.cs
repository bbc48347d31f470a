using System.Text.Json.Serialization;

namespace Operator.Resources.DdnsRecords;

[JsonConverter(typeof(JsonStringEnumConverter<HealthCheckKind>))]
public enum HealthCheckKind
{
    Tcp,
    Tls,
    Sstp,
}
