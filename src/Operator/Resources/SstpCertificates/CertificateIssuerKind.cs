using System.Text.Json.Serialization;

namespace Operator.Resources.SstpCertificates;

[JsonConverter(typeof(JsonStringEnumConverter<CertificateIssuerKind>))]
public enum CertificateIssuerKind
{
    Acme,
    InternalCa,
}
