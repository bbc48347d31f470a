using System.Text.Json.Serialization;

namespace SstpClient.Probe.Reports;

/// <summary>Why a certificate is not acceptable.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<CertificateFault>))]
public enum CertificateFault
{
    /// <summary>It is for other names.</summary>
    Name,

    /// <summary>It, or one above it, has expired or is not valid yet.</summary>
    Time,

    /// <summary>Its issuer is not known: the server sends no intermediate certificates, or the authority is private.</summary>
    Chain,

    /// <summary>It leads to a root that is not trusted here.</summary>
    Root,

    /// <summary>Anything else; the sentences say what.</summary>
    Other,
}
