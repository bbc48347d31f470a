using System.Text.Json.Serialization;

namespace Operator.Resources.VpnGateways;

[JsonConverter(typeof(JsonStringEnumConverter<TlsMinimumVersion>))]
public enum TlsMinimumVersion
{
    Tls12,
    Tls13,
}
