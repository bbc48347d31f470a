using Operator.Resources.Validation;

namespace Operator.Resources.SstpCertificates;

public sealed class SstpCertificateSpecValidator : RuleValidator<SstpCertificateSpec>
{
    public SstpCertificateSpecValidator()
    {
        Keeps("give names, addresses or commonName", spec => HasNames(spec) || spec.CommonName is not null);
        Keeps("issuer kind Acme needs names", spec => IsInternal(spec) || HasNames(spec));
        Keeps("usage Client needs", spec => IsInternal(spec) || !spec.Usages.Contains(CertificateUsage.Client));
        Keeps("lifetime belongs", spec => IsInternal(spec) || spec.Lifetime is null);
        Keeps("renewal.before must", spec =>
            spec.Lifetime is not { } lifetime || spec.Renewal.Before is not { } before || before.Value < lifetime.Value);
        Keeps("names with *.", spec =>
            spec.Issuer.Acme is not { } acme || acme.Challenges.Any(solver => solver.Kind == ChallengeKind.Dns01)
                || !spec.Names.Any(name => name.StartsWith("*.", StringComparison.Ordinal)));
    }

    private static bool IsInternal(SstpCertificateSpec spec) => spec.Issuer.Kind == CertificateIssuerKind.InternalCa;

    private static bool HasNames(SstpCertificateSpec spec) => spec.Names.Count > 0 || spec.Addresses.Count > 0;
}
