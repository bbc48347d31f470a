using Operator.Resources;

namespace Operator.Certificates;

/// <summary>Annotations that certificates and their Secrets have.</summary>
internal static class CertificateAnnotations
{
    /// <summary>On a Secret: the SstpCertificate that keeps it.</summary>
    public const string Certificate = $"{ApiGroup.Name}/certificate";

    /// <summary>On a Secret: who issued what is in it.</summary>
    public const string IssuerId = $"{ApiGroup.Name}/issuer";

    /// <summary>On a Secret: usages, subject and lifetime asked for.</summary>
    public const string Form = $"{ApiGroup.Name}/form";

    /// <summary>On a Secret: serial number of what is in it, in hexadecimal.</summary>
    public const string Serial = $"{ApiGroup.Name}/serial";

    public const string NotAfter = $"{ApiGroup.Name}/not-after";

    /// <summary>On a Secret: when certificates for these names were issued lately;
    /// it outlives the SstpCertificate as the CA's memory does.</summary>
    public const string Issued = $"{ApiGroup.Name}/issued";

    /// <summary>On a Secret: the value of <see cref="ReissueAt"/> that was followed.</summary>
    public const string ReissuedFor = $"{ApiGroup.Name}/reissued-for";

    /// <summary>On a Secret: digest of what its PKCS#12 file was made from.</summary>
    public const string Pkcs12For = $"{ApiGroup.Name}/pkcs12-for";

    /// <summary>On a certificate: each new value asks for one new certificate.</summary>
    public const string ReissueAt = $"{ApiGroup.Name}/reissue-at";

    /// <summary>On a certificate: "true" lets it take over a Secret that something else made.</summary>
    public const string Adopt = $"{ApiGroup.Name}/adopt-secret";

    /// <summary>On an account's Secret: the CA's directory it is for.</summary>
    public const string Directory = $"{ApiGroup.Name}/acme-directory";

    /// <summary>On an account's Secret: the contacts that the CA has.</summary>
    public const string Contacts = $"{ApiGroup.Name}/acme-contacts";

    /// <summary>On an account's Secret: each new value asks for one change of the account's key.</summary>
    public const string RolloverAt = $"{ApiGroup.Name}/rollover-at";

    /// <summary>On an account's Secret: the value of <see cref="RolloverAt"/> that was followed.</summary>
    public const string RolledOverFor = $"{ApiGroup.Name}/rolled-over-for";

    /// <summary>On an account's Secret: "true" ends the account at the CA, for good.</summary>
    public const string Deactivate = $"{ApiGroup.Name}/deactivate";

    /// <summary>On an account's Secret: it was ended.</summary>
    public const string Deactivated = $"{ApiGroup.Name}/deactivated";
}
