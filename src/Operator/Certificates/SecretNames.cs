using System.Security.Cryptography;
using System.Text;
using Operator.Resources.SstpCertificates;

namespace Operator.Certificates;

/// <summary>Names of the Secrets that belong to a certificate.</summary>
internal static class SecretNames
{
    /// <summary>Of an object in Kubernetes (RFC 1123 subdomain).</summary>
    private const int MaxLength = 253;

    public static string Output(SstpCertificate certificate) => certificate.Spec.Output.SecretName ?? certificate.Metadata.Name;

    public static string Order(string certificate) => With(certificate, "-order");

    /// <summary>A ConfigMap: the list is public.</summary>
    public static string RevocationList(string authority) => With(authority, "-crl");

    /// <summary>Long names keep their begin and become unique by a digest.</summary>
    private static string With(string name, string suffix)
    {
        if (name.Length + suffix.Length <= MaxLength) return name + suffix;

        var digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)))[..10];
        return $"{name[..(MaxLength - suffix.Length - digest.Length - 1)].TrimEnd('.', '-')}-{digest}{suffix}";
    }
}
