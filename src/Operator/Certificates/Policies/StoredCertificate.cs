using System.Security.Cryptography.X509Certificates;

namespace Operator.Certificates.Policies;

/// <summary>What is in a certificate's Secret.</summary>
/// <param name="Leaf">Null when tls.crt cannot be read.</param>
/// <param name="Key">Of tls.key; null when it cannot be read.</param>
/// <param name="IssuerId">From the annotation; null in a Secret that the operator did not write.</param>
/// <param name="Form">Usages, subject and lifetime it was ordered with, in words; from the annotation.</param>
internal sealed record StoredCertificate(X509Certificate2? Leaf, PrivateKey? Key, string? IssuerId, string? Form)
{
    /// <summary>A gateway could serve it right now.</summary>
    public bool IsUsable(DateTimeOffset now) =>
        Leaf is not null && Key is not null && Key.Matches(Leaf)
        && Leaf.NotBefore.ToUniversalTime() <= now.UtcDateTime && Leaf.NotAfter.ToUniversalTime() > now.UtcDateTime;
}
