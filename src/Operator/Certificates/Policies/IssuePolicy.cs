namespace Operator.Certificates.Policies;

/// <summary>Does this need a new certificate? Pure. The first check to object gives the reason the user reads.</summary>
internal static class IssuePolicy
{
    /// <summary>Null, or what is wrong with what is stored.</summary>
    private delegate string? Check(IssueFacts facts);

    private static readonly (IssueReason Reason, Check Check)[] InOrder =
    [
        (IssueReason.SecretMissing, facts => facts.Stored is null ? "there is no Secret yet" : null),
        (IssueReason.SecretUnreadable, facts =>
            facts.Stored!.Leaf is null || facts.Stored.Key is null ? "the Secret has no readable tls.crt and tls.key" : null),
        (IssueReason.KeyMismatch, facts =>
            facts.Stored!.Key!.Matches(facts.Stored.Leaf!) ? null : "tls.key in the Secret is not the key of tls.crt"),
        (IssueReason.IssuerChanged, OtherIssuer),
        (IssueReason.NamesChanged, OtherNames),
        (IssueReason.KeyAlgorithmChanged, facts =>
            facts.Stored!.Key!.Algorithm == facts.KeyAlgorithm ? null : $"the key shall be {facts.KeyAlgorithm}"),
        (IssueReason.FormChanged, facts => facts.Stored!.Form == facts.Form ? null : $"the certificate shall be {facts.Form}"),
        (IssueReason.Revoked, facts => facts.Revoked ? "the certificate was revoked" : null),
        (IssueReason.Requested, facts => facts.Requested ? "a new certificate was asked for by annotation" : null),
        (IssueReason.Expired, facts => NotAfter(facts) <= facts.Now ? $"the certificate expired at {NotAfter(facts):u}" : null),
        (IssueReason.RenewalDue, facts =>
            facts.RenewalTime <= facts.Now ? $"its renewal was due at {facts.RenewalTime:u}" : null),
    ];

    /// <returns>Null when what is stored will do.</returns>
    public static (IssueReason Reason, string Why)? Decide(IssueFacts facts)
    {
        foreach (var (reason, check) in InOrder)
        {
            if (check(facts) is { } why) return (reason, why);
        }

        return null;
    }

    private static string? OtherIssuer(IssueFacts facts) =>
        facts.Stored!.IssuerId == facts.IssuerId ? null
        : facts.Stored.IssuerId is null ? "the certificate in the Secret was not issued by this operator"
        : $"the certificate in the Secret is from {facts.Stored.IssuerId}, and {facts.IssuerId} is asked for";

    private static string? OtherNames(IssueFacts facts)
    {
        var stored = CertificateNames.Of(facts.Stored!.Leaf!);
        return stored.SequenceEqual(facts.Names, StringComparer.Ordinal)
            ? null
            : $"the certificate is for {string.Join(", ", stored)}, and {string.Join(", ", facts.Names)} is asked for";
    }

    private static DateTimeOffset NotAfter(IssueFacts facts) => facts.Stored!.Leaf!.NotAfter.ToUniversalTime();
}
