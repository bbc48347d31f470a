using Operator.Resources.SstpCertificates;

namespace Operator.Certificates.Policies;

/// <summary>All that "does this need a new certificate?" depends on.</summary>
/// <param name="IssuerId">Identifies the issuer that the resource asks for, as <see cref="StoredCertificate.IssuerId"/>
/// does that of the stored one.</param>
/// <param name="Form">What else the certificate is like (<see cref="StoredCertificate.Form"/>).</param>
/// <param name="Stored">Null when there is no Secret.</param>
/// <param name="RenewalTime">The stored pick; null when there is none yet.</param>
/// <param name="Revoked">The stored certificate was revoked by us.</param>
/// <param name="Requested">A person asked for a new one and it was not done yet.</param>
internal sealed record IssueFacts(
    string IssuerId,
    IReadOnlyList<string> Names,
    KeyAlgorithm KeyAlgorithm,
    string Form,
    StoredCertificate? Stored,
    DateTimeOffset? RenewalTime,
    bool Revoked,
    bool Requested,
    DateTimeOffset Now);
