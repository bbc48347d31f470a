using System.Text.Json.Serialization;

namespace Operator.Resources.SstpCertificates;

/// <summary>RFC 8555 section 8 and RFC 8737.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ChallengeKind>))]
public enum ChallengeKind
{
    Dns01,
    Http01,
    TlsAlpn01,
}
