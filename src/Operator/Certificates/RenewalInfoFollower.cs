using Microsoft.Extensions.Logging;
using Operator.Certificates.Accounts;
using Operator.Certificates.Acme;
using Operator.Certificates.Acme.Transport;
using Operator.Certificates.Acme.Wire;
using Operator.Certificates.Policies;
using Operator.Resources.SstpCertificates;

namespace Operator.Certificates;

/// <summary>Picks when a certificate is renewed, once, and follows what its CA says about it.
/// A failure here is never one of the certificate.</summary>
/// <param name="random">0 to 1, a fresh one each time.</param>
internal sealed class RenewalInfoFollower(
    AcmeAccounts accounts, Func<double> random, CertificateMetrics metrics, ILogger<RenewalInfoFollower> logger)
{
    public async Task FollowAsync(CertificatePass pass, CancellationToken stopping)
    {
        if (pass.Stored is not { Leaf: { } leaf } stored) return;

        DateTimeOffset notBefore = leaf.NotBefore.ToUniversalTime(), notAfter = leaf.NotAfter.ToUniversalTime();
        if (pass.RenewalTime is null || pass.Certificate.Status?.Serial != leaf.SerialNumber)
        {
            pass.RenewalTime = RenewalSchedule.Pick(notBefore, notAfter, pass.Certificate.Spec.Renewal.Before?.Value, random());
            pass.Window = null;
        }

        // Another CA knows nothing of this certificate (RFC 9773 section 4.1).
        if (pass.Certificate.Spec.Issuer.Acme is not { } issuer
            || !pass.Certificate.Spec.Renewal.UseSuggestedWindow || stored.IssuerId != pass.Wanted!.IssuerId)
            return;
        if (CertId.Of(leaf) is not { } certId) return;

        if (pass.Window?.NextCheck is { } next && next > pass.Now)
        {
            pass.WakeAt(next);
            return;
        }

        var before = pass.Window;
        var (info, retryAt, offered) = await AskAsync(pass, issuer, certId, stopping);
        if (!offered) return;

        (pass.Window, pass.RenewalTime) = RenewalWindowPolicy.Merge(
            before, pass.RenewalTime.Value, info, retryAt, notBefore, notAfter, pass.Now, random());
        pass.WakeAt(pass.Window.NextCheck);
        if (pass.Window.Start is { } start && (before?.Start != start || before?.End != pass.Window.End))
        {
            CertificateLog.RenewalSuggested(
                logger, pass.Key.Namespace, pass.Key.Name, start, pass.Window.End!.Value, pass.RenewalTime.Value);
        }
    }

    private async Task<(RenewalInfo? Info, DateTimeOffset? RetryAt, bool Offered)> AskAsync(
        CertificatePass pass, AcmeIssuer issuer, string certId, CancellationToken stopping)
    {
        try
        {
            var client = await accounts.ClientAsync(pass.Key.Namespace, issuer, stopping);
            if (await client.GetRenewalInfoAsync(certId, stopping) is not { } answer) return (null, null, false);

            metrics.RenewalInfo.Add(1, new KeyValuePair<string, object?>("result", "ok"));
            return (answer.Value, answer.RetryAt, true);
        }
        catch (Exception failure) when (failure is AcmeException or AcmeUnreachableException or BlockedException)
        {
            metrics.RenewalInfo.Add(1, new KeyValuePair<string, object?>("result", "failed"));
            CertificateLog.NoRenewalInfo(logger, pass.Key.Namespace, pass.Key.Name, failure.Message);
            return (null, (failure as AcmeException)?.RetryAt ?? (failure as AcmeUnreachableException)?.RetryAt, true);
        }
    }
}
