using System.Text.Json.Serialization;

namespace KubectlSstp.Doctor;

[JsonConverter(typeof(JsonStringEnumConverter<Verdict>))]
internal enum Verdict
{
    Good,

    /// <summary>It could not be looked at from here, and the finding says why.</summary>
    NotChecked,

    /// <summary>Calls work, but something wants attention.</summary>
    Warning,

    /// <summary>Calls fail, or will.</summary>
    Problem,
}
