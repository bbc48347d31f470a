using System.Text.Json.Serialization;

namespace Operator.Resources.SstpCertificates;

[JsonConverter(typeof(JsonStringEnumConverter<KeyRotation>))]
public enum KeyRotation
{
    Always,
    Never,
}
