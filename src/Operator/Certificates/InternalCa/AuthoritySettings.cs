using Operator.Resources.SstpCertificates;

namespace Operator.Certificates.InternalCa;

/// <summary>What a self-made authority is like.</summary>
/// <param name="Name">In the common names of its certificates.</param>
/// <param name="RootLifetime">Clients are told to trust the root by hand, so it should outlive the machines.</param>
/// <param name="IssuingLifetime">The issuing authority is replaced by itself, with a new key; clients notice nothing.</param>
/// <param name="Constraints">Null means that any name may be certified.</param>
internal sealed record AuthoritySettings(
    string Name, KeyAlgorithm KeyAlgorithm, TimeSpan RootLifetime, TimeSpan IssuingLifetime, NameConstraints? Constraints)
{
    public static AuthoritySettings Of(InternalCaIssuer issuer) =>
        new(issuer.CommonName, issuer.KeyAlgorithm, issuer.RootLifetime, issuer.IntermediateLifetime, issuer.NameConstraints);
}
