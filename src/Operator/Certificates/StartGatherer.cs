using KubeApi.Objects;
using Operator.Certificates.Accounts;
using Operator.Certificates.Cluster;
using Operator.Certificates.Policies;
using Operator.Resources;
using Operator.Resources.SstpCertificates;

namespace Operator.Certificates;

/// <summary>Gathers what <see cref="StartPolicy"/> judges by: what this certificate,
/// and all others of its account, asked of the CA.</summary>
internal sealed class StartGatherer(ICertificateCluster cluster, AccountLedger ledger, CaLimits limits)
{
    /// <param name="account">The Secret of the account that the order is for.</param>
    public StartFacts Gather(CertificatePass pass, ObjectKey account)
    {
        var peers = cluster.All().Where(other => other.Spec.Issuer.Acme is not null && KeyOf(other) != pass.Key).ToArray();
        var sharing = peers.Where(other => AccountOf(other) == account).ToArray();
        var atTheCa = sharing.Where(other => other.Status?.Order?.Url is not null).ToArray();

        // This process knows what it did a moment ago, and the status what an earlier process did: whichever saw more.
        DateTimeOffset[] written = [.. pass.Issued.Concat(sharing.SelectMany(StartsOf))];
        var started = ledger.Started(account);
        return new StartFacts(
            pass.Failures,
            pass.Certificate.Metadata.Generation,
            [.. pass.Issued.Concat(
                peers.Where(other => IsTwin(other, pass)).SelectMany(other => other.Status?.IssuedRecently ?? []))],
            Math.Max(
                ledger.Active(account, without: pass.Key),
                atTheCa.Count(other => other.Status!.Failures is not { Troubles: > 0 })),
            Math.Max(ledger.UnderWay(account, without: pass.Key), atTheCa.Length),
            sharing.Count(IsWaiting),
            InWindow(written) > InWindow(started) ? written : started,
            pass.Expires,
            pass.Key.ToString(),
            limits,
            pass.Now);

        int InWindow(IEnumerable<DateTimeOffset> times) => times.Count(time => time > pass.Now - limits.OrderWindow);
    }

    private static IEnumerable<DateTimeOffset> StartsOf(SstpCertificate certificate)
    {
        DateTimeOffset?[] ends =
        [
            certificate.Status?.Order?.Created,
            certificate.Status?.Failures is { Count: > 0 } failures ? failures.Last : null,
        ];
        return (certificate.Status?.IssuedRecently ?? []).Concat(ends.OfType<DateTimeOffset>());
    }

    /// <summary>The same CA, and exactly the same names.</summary>
    private static bool IsTwin(SstpCertificate other, CertificatePass pass) =>
        other.Spec.Issuer.Acme!.Directory == pass.Certificate.Spec.Issuer.Acme!.Directory
        && CertificateNames.Normalize(other.Spec.Names.Concat(other.Spec.Addresses))
            .SequenceEqual(pass.Wanted!.Names, StringComparer.Ordinal);

    private static bool IsWaiting(SstpCertificate certificate) =>
        certificate.Status?.Conditions.Any(condition =>
            condition.Status == ConditionStatus.True && condition.Reason == nameof(StartRefusalReason.AccountBusy)) == true;

    private static ObjectKey KeyOf(SstpCertificate certificate) =>
        new(certificate.Metadata.Namespace ?? "", certificate.Metadata.Name);

    private static ObjectKey AccountOf(SstpCertificate certificate) =>
        new(certificate.Metadata.Namespace ?? "", certificate.Spec.Issuer.Acme!.AccountSecret.Name);
}
