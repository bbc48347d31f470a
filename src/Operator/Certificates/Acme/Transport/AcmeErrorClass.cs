using System.Text.Json.Serialization;

namespace Operator.Certificates.Acme.Transport;

/// <summary>What has to happen before a refused request can succeed.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<AcmeErrorClass>))]
internal enum AcmeErrorClass
{
    /// <summary>Nothing but a new nonce.</summary>
    BadNonce,

    /// <summary>Time: the CA names how long.</summary>
    RateLimited,

    /// <summary>A person has to visit a page of the CA, or agree to its terms.</summary>
    PersonNeeded,

    /// <summary>The CA is in trouble: later, at growing intervals.</summary>
    ServerTrouble,

    /// <summary>The CA did not find the proof it looked for. The order is lost; a new one may do better.</summary>
    ValidationFailed,

    /// <summary>The resource asks for what this CA does not give. Only a changed resource helps.</summary>
    ResourceWrong,

    /// <summary>The CA does not know the account.</summary>
    AccountUnknown,

    /// <summary>The order is not ready to be finalized: ask for it again.</summary>
    NotReadyYet,

    /// <summary>The certificate named as replaced has a successor already: order without naming it.</summary>
    AlreadyReplaced,
}
