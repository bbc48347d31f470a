using System.Text.Json.Serialization;

namespace Operator.Certificates.Ordering;

/// <summary>How far one challenge has come. Each is stored before the step towards the next one.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ChallengeStage>))]
internal enum ChallengeStage
{
    /// <summary>Chosen and written down; the proof may or may not be in place already,
    /// and has to be taken away in the end.</summary>
    Planned,

    /// <summary>The proof is in place as far as we were told; whether the world sees it is not known.</summary>
    Presented,

    /// <summary>The self-check saw the proof everywhere.</summary>
    Visible,

    /// <summary>The CA was asked to look.</summary>
    Triggered,
}
