namespace Operator.Resources.SstpCertificates;

/// <summary>Condition types of an SstpCertificate beside the common ones.</summary>
public static class SstpCertificateConditions
{
    /// <summary>A first certificate is being issued.</summary>
    public const string Issuing = "Issuing";

    /// <summary>The certificate is being replaced by a newer one, and serves meanwhile.</summary>
    public const string Renewing = "Renewing";

    /// <summary>Annotation: "true" revokes the certificate that is in the Secret, and issues no other.</summary>
    public const string RevokeAnnotation = $"{ApiGroup.Name}/revoke";
}
