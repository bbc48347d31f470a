using System.Text.Json.Serialization;

namespace KubectlSstp.Lint;

[JsonConverter(typeof(JsonStringEnumConverter<Severity>))]
internal enum Severity
{
    /// <summary>It may be right all the same: what is missed may be in the cluster already.</summary>
    Warning,

    /// <summary>The API server refuses it, or the operator does not accept it, or it will not work.</summary>
    Error,
}
