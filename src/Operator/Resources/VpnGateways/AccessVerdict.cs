using System.Text.Json.Serialization;

namespace Operator.Resources.VpnGateways;

[JsonConverter(typeof(JsonStringEnumConverter<AccessVerdict>))]
public enum AccessVerdict
{
    Allow,
    Deny,
}
