using System.Text.Json.Serialization;

namespace Operator.Resources.SstpCertificates;

/// <summary>Extended key usages (RFC 5280 section 4.2.1.12).</summary>
[JsonConverter(typeof(JsonStringEnumConverter<CertificateUsage>))]
public enum CertificateUsage
{
    Server,
    Client,
}
