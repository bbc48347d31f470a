using System.Text.Json.Serialization;

namespace Operator.Resources.SstpCertificates;

[JsonConverter(typeof(JsonStringEnumConverter<SecretRetention>))]
public enum SecretRetention
{
    Retain,
    Delete,
}
