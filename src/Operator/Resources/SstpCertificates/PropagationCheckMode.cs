using System.Text.Json.Serialization;

namespace Operator.Resources.SstpCertificates;

[JsonConverter(typeof(JsonStringEnumConverter<PropagationCheckMode>))]
public enum PropagationCheckMode
{
    Authoritative,
    Resolvers,
    Wait,
    Off,
}
