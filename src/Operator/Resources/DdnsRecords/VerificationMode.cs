using System.Text.Json.Serialization;

namespace Operator.Resources.DdnsRecords;

[JsonConverter(typeof(JsonStringEnumConverter<VerificationMode>))]
public enum VerificationMode
{
    Repair,
    AlertOnly,
    Off,
}
