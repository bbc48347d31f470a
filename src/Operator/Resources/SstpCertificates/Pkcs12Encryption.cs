using System.Text.Json.Serialization;

namespace Operator.Resources.SstpCertificates;

[JsonConverter(typeof(JsonStringEnumConverter<Pkcs12Encryption>))]
public enum Pkcs12Encryption
{
    /// <summary>PBES2 with AES-256 and SHA-256.</summary>
    Modern,

    /// <summary>3DES and SHA-1.</summary>
    Legacy,
}
