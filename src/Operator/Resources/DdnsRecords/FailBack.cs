using System.Text.Json.Serialization;

namespace Operator.Resources.DdnsRecords;

[JsonConverter(typeof(JsonStringEnumConverter<FailBack>))]
public enum FailBack
{
    Automatic,

    /// <summary>A person asks for it with the annotation <c>vpn.sstp-operator.dev/reconcile-at</c>.</summary>
    Manual,
}
