using System.Text.Json.Serialization;

namespace Operator.Resources.SstpCertificates;

[JsonConverter(typeof(JsonStringEnumConverter<ChallengeState>))]
public enum ChallengeState
{
    /// <summary>Not begun.</summary>
    Pending,

    /// <summary>The answer is where the CA will look.</summary>
    Presented,

    /// <summary>The operator has seen it there too.</summary>
    Checked,

    /// <summary>The CA was asked to look.</summary>
    Submitted,

    /// <summary>The CA is satisfied.</summary>
    Valid,

    /// <summary>The CA is not.</summary>
    Invalid,

    /// <summary>The answer was taken away again.</summary>
    CleanedUp,
}
