using Operator.Resources.SstpCertificates;

namespace Operator.Certificates;

/// <summary>What a resource asks for, in the form in which it is compared and issued. Pure.</summary>
/// <param name="Names">Names and addresses, normalized.</param>
/// <param name="Subject">Common name of a certificate from an internal authority.</param>
/// <param name="Form">Usages, subject and lifetime in words; a change of it is a change of the certificate.</param>
internal sealed record WantedCertificate(
    string IssuerId, IReadOnlyList<string> Names, string Subject, KeyAlgorithm KeyAlgorithm, string Form)
{
    public static WantedCertificate Of(SstpCertificateSpec spec, string issuerId)
    {
        var names = CertificateNames.Normalize(spec.Names.Concat(spec.Addresses));
        var subject = spec.CommonName ?? (spec.Names.Count > 0 ? CertificateNames.Normalize(spec.Names[0]) : names[0]);
        var usages = string.Join("+", spec.Usages.Distinct().Order());
        var form = spec.Issuer.Kind == CertificateIssuerKind.Acme
            ? usages
            : $"{usages}, for {subject}, {spec.Lifetime ?? InternalLifetime}";
        return new WantedCertificate(issuerId, names, subject, spec.Key.Algorithm, form);
    }

    /// <summary>Where the resource names none.</summary>
    public static Resources.GoDuration InternalLifetime { get; } = new("2160h");

    /// <summary>A CA with another profile is another issuer: the certificate has to be made anew.</summary>
    public static string AcmeId(AcmeIssuer issuer) =>
        issuer.Profile is null ? $"acme:{issuer.Directory}" : $"acme:{issuer.Directory}#{issuer.Profile}";
}
