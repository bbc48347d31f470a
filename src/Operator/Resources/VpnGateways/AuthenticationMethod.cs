using System.Text.Json.Serialization;

namespace Operator.Resources.VpnGateways;

[JsonConverter(typeof(JsonStringEnumConverter<AuthenticationMethod>))]
public enum AuthenticationMethod
{
    EapMsChapV2,
    MsChapV2,
    ChapMd5,
    Pap,
}
