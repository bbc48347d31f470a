using Operator.Resources.SstpCertificates;

namespace Operator.Certificates.Challenges;

/// <summary>What the protocol says about kinds of challenges.</summary>
internal static class ChallengeKinds
{
    /// <summary>As it stands in an authorization (RFC 8555 section 8, RFC 8737).</summary>
    public static string ToWire(this ChallengeKind kind) => kind switch
    {
        ChallengeKind.Dns01 => "dns-01",
        ChallengeKind.Http01 => "http-01",
        _ => "tls-alpn-01",
    };

    /// <summary>A wildcard has no host of its own that could answer (RFC 8555 section 8.3);
    /// an address has no TXT record (RFC 8738 section 7).</summary>
    public static bool Suits(this ChallengeKind kind, string orderedName) =>
        kind == ChallengeKind.Dns01 ? !CertificateNames.IsAddress(orderedName) : !CertificateNames.IsWildcard(orderedName);
}
