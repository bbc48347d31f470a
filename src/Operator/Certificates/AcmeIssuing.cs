using System.Security.Cryptography.X509Certificates;
using KubeApi.Events;
using KubeApi.Objects;
using Microsoft.Extensions.Logging;
using Operator.Certificates.Accounts;
using Operator.Certificates.Acme;
using Operator.Certificates.Acme.Transport;
using Operator.Certificates.Cluster;
using Operator.Certificates.Ordering;
using Operator.Certificates.Policies;
using Operator.Resources.SstpCertificates;

namespace Operator.Certificates;

/// <summary>Certificates from a CA that speaks ACME: begins orders, takes them on, and tidies up after them.</summary>
internal sealed class AcmeIssuing(
    ICertificateCluster cluster,
    AcmeAccounts accounts,
    AccountLedger ledger,
    OrderStore orders,
    OrderRunner runner,
    OrderCleanUp cleanUp,
    CertificateSecrets secrets,
    StartGatherer starts,
    CaLimits limits,
    TimeProvider clock,
    CertificateMetrics metrics,
    ILogger<AcmeIssuing> logger)
{
    /// <summary>One step after another until something has to be waited for.</summary>
    public async Task PassAsync(CertificatePass pass, CancellationToken stopping)
    {
        var issuer = pass.Certificate.Spec.Issuer.Acme!;
        var account = new ObjectKey(pass.Key.Namespace, issuer.AccountSecret.Name);
        var order = await orders.ReadAsync(pass.Certificate, stopping);
        if (order is { Progress.Outcome: null } && !IsFor(order.Progress, pass.Wanted!))
        {
            order = order with
            {
                Progress = order.Progress with
                {
                    Outcome = new OrderOutcome(clock.GetUtcNow(), "the resource changed while the order was under way"),
                },
            };
            await orders.WriteAsync(pass.Certificate, order, stopping);
        }

        if (order is null && pass.Need is null)
        {
            if (await accounts.HasWishesAsync(pass.Key.Namespace, issuer, stopping))
                await accounts.OpenAsync(pass.Key.Namespace, issuer, null, stopping);
            return;
        }

        // One that was written down and never came to the CA is still to begin.
        if (order is null or { Progress: { Order: null, Outcome: null } })
        {
            pass.Order = order?.Progress;
            var facts = starts.Gather(pass, account);
            pass.Refusal = StartPolicy.ObjectionToBegin(facts);
            if (pass.Refusal is null && !ledger.TryBegin(account, pass.Key, pass.Now, limits.Concurrent))
                pass.Refusal = StartPolicy.Busy(facts, "others were faster");
            if (pass.Refusal is not null)
            {
                pass.WakeAt(pass.Refusal.NotBefore);
                return;
            }

            order ??= await BeginAsync(pass, issuer, stopping);
        }
        else
        {
            ledger.Resume(account, pass.Key);
        }

        pass.Order = order.Progress;
        if (order.Progress.Outcome is null)
        {
            if ((pass.Refusal = StartPolicy.ObjectionToGoOn(starts.Gather(pass, account))) is not null)
            {
                pass.WakeAt(pass.Refusal.NotBefore);
                return;
            }

            order = await AdvanceAsync(pass, issuer, order, stopping);
        }

        if (order.Progress.Outcome is { } outcome) await EndAsync(pass, order, outcome, stopping);
    }

    /// <summary>The resource goes: its order is given up and tidied up after.</summary>
    /// <returns>What could not be tidied up; null when nothing is left.</returns>
    public async Task<string?> AbandonAsync(SstpCertificate certificate, CancellationToken stopping)
    {
        ledger.End(new ObjectKey(certificate.Metadata.Namespace ?? "", certificate.Metadata.Name));
        if (await orders.ReadAsync(certificate, stopping) is not { } order) return null;

        var session = await TryOpenAsync(certificate, stopping);
        if (await cleanUp.RunAsync(certificate.Metadata.Namespace ?? "", session, order.Progress, stopping) is { } left)
            return left;

        await orders.DeleteAsync(certificate, stopping);
        return null;
    }

    public async Task RevokeAsync(SstpCertificate certificate, StoredCertificate stored, CancellationToken stopping)
    {
        var @namespace = certificate.Metadata.Namespace ?? "";
        const X509RevocationReason reason = X509RevocationReason.CessationOfOperation;
        try
        {
            try
            {
                var session = await accounts.OpenAsync(@namespace, certificate.Spec.Issuer.Acme!, null, stopping);
                await session.Client.RevokeAsync(session.Signer, stored.Leaf!, reason, stopping);
            }
            catch (Exception failure) when (IsOfTheAccount(failure) && stored.Key?.Matches(stored.Leaf!) == true)
            {
                CertificateLog.RevokedByItsOwnKey(logger, @namespace, certificate.Metadata.Name, failure.Message);
                var client = await accounts.ClientAsync(@namespace, certificate.Spec.Issuer.Acme!, stopping);
                await client.RevokeAsync(stored.Key, stored.Leaf!, reason, stopping);
            }
        }
        catch (AcmeException refusal) when (refusal.Problem.Kind == "alreadyRevoked")
        {
            CertificateLog.AlreadyRevoked(logger, @namespace, certificate.Metadata.Name);
        }
    }

    /// <summary>The account is gone, deactivated, or not the one that ordered;
    /// the certificate's own key may revoke all the same.</summary>
    private static bool IsOfTheAccount(Exception failure) =>
        failure is BlockedException or AcmeException { Class: AcmeErrorClass.PersonNeeded or AcmeErrorClass.AccountUnknown };

    private async Task<StoredOrder> BeginAsync(CertificatePass pass, AcmeIssuer issuer, CancellationToken stopping)
    {
        var keep = pass.Certificate.Spec.Key.Rotation == KeyRotation.Never
            && pass.Stored?.Key?.Algorithm == pass.Wanted!.KeyAlgorithm;
        using var fresh = keep ? null : PrivateKey.Create(pass.Wanted!.KeyAlgorithm);
        var replaced = pass.Stored is { Leaf: { } leaf, IssuerId: { } id } && id == pass.Wanted!.IssuerId
            ? CertId.Of(leaf)
            : null;
        var offersRenewalInfo = false;
        if (replaced is not null)
        {
            var client = await accounts.ClientAsync(pass.Key.Namespace, issuer, stopping);
            offersRenewalInfo = (await client.GetDirectoryAsync(stopping)).RenewalInfo is not null;
        }

        var progress = new OrderProgress
        {
            Directory = new Uri(issuer.Directory),
            Names = pass.Wanted!.Names,
            KeyAlgorithm = pass.Wanted.KeyAlgorithm,
            Reason = pass.Need!.Value.Reason.ToString(),
            Started = clock.GetUtcNow(),
            Profile = issuer.Profile,
            Replaces = offersRenewalInfo ? replaced : null,
        };
        var order = new StoredOrder(progress, keep ? pass.Stored!.Key!.ToPem() : fresh!.ToPem());
        await orders.WriteAsync(pass.Certificate, order, stopping);
        metrics.Attempts.Add(1, new KeyValuePair<string, object?>("reason", progress.Reason));
        CertificateLog.OrderBegins(logger, pass.Key.Namespace, pass.Key.Name, pass.Need.Value.Why);
        cluster.Record(pass.Certificate, EventType.Normal, "Issuing", $"A certificate is ordered: {pass.Need.Value.Why}");
        return order;
    }

    private async Task<StoredOrder> AdvanceAsync(
        CertificatePass pass, AcmeIssuer issuer, StoredOrder order, CancellationToken stopping)
    {
        try
        {
            var session = await accounts.OpenAsync(
                pass.Key.Namespace, issuer, order.Progress.Challenges.Count == 0 ? pass.Key : null, stopping);
            pass.Account = session.Signer.Url.OriginalString;
            var advance = await runner.AdvanceAsync(
                pass.Certificate, session, order,
                (chain, key) => DeliverAsync(pass, order.Progress, chain, key, stopping), stopping);
            (pass.Order, pass.View, pass.WaitingFor) = (advance.Order.Progress, advance.View, advance.WaitingFor);
            pass.Failures = FailureMemory.AfterAnswer(pass.Failures);
            if (advance.Wait is { } wait) pass.WakeAt(pass.Now + wait);
            return advance.Order;
        }
        catch (AcmeException refusal)
        {
            return await RefusedAsync(pass, issuer, refusal, stopping);
        }
    }

    /// <summary>What a refusal means for the order.</summary>
    private async Task<StoredOrder> RefusedAsync(
        CertificatePass pass, AcmeIssuer issuer, AcmeException refusal, CancellationToken stopping)
    {
        // The runner writes as it goes; what is stored is where it came to.
        var order = await orders.ReadAsync(pass.Certificate, stopping);
        pass.Order = order?.Progress;
        var @class = refusal.Class;
        if (@class == AcmeErrorClass.AccountUnknown) await accounts.ForgetAsync(pass.Key.Namespace, issuer, stopping);

        var waits = @class is AcmeErrorClass.ServerTrouble or AcmeErrorClass.AccountUnknown or AcmeErrorClass.NotReadyYet
            or AcmeErrorClass.BadNonce or AcmeErrorClass.RateLimited;
        if (order is null || (waits && order.Progress.Order is not null)
            || @class is AcmeErrorClass.ServerTrouble or AcmeErrorClass.AccountUnknown or AcmeErrorClass.BadNonce)
        {
            throw refusal;    // the order stands, and goes on later
        }

        order = order with
        {
            Progress = order.Progress with
            {
                Outcome = new OrderOutcome(clock.GetUtcNow(), refusal.Message, @class, refusal.RetryAt),
            },
        };
        await orders.WriteAsync(pass.Certificate, order, stopping);
        return order;
    }

    private async Task DeliverAsync(
        CertificatePass pass, OrderProgress progress, CertificateChain chain, PrivateKey key, CancellationToken stopping)
    {
        pass.Issued = [.. pass.Issued.Append(progress.Started)];
        await secrets.WriteAsync(pass.Certificate, pass.Wanted!, chain.Pem, key, null, pass.Issued, stopping);
        pass.Delivered = true;
    }

    /// <summary>All is decided: the outcome is remembered in the status, then the proofs go, and then the order.</summary>
    /// <remarks>The order is the proof that something is left to be done, so it goes last;
    /// and never before the status of this pass is stored.</remarks>
    private async Task EndAsync(CertificatePass pass, StoredOrder order, OrderOutcome outcome, CancellationToken stopping)
    {
        pass.Order = order.Progress;
        if (!IsRemembered(pass, outcome))
        {
            if (outcome.Failure is null) pass.Failures = null;
            else Remember(pass, outcome, outcome.Failure);
            pass.WakeAt(pass.Now);
            return;
        }

        var session = outcome.Failure is null ? null : await TryOpenAsync(pass.Certificate, stopping);
        if (await cleanUp.RunAsync(pass.Key.Namespace, session, order.Progress, stopping) is { } left)
        {
            var tries = order.Progress.CleanUps + 1;
            if (tries < OrderCleanUp.Tries)
            {
                await orders.WriteAsync(
                    pass.Certificate, order with { Progress = order.Progress with { CleanUps = tries } }, stopping);
                pass.WaitingFor = $"the proofs to be taken away: {left}";
                pass.WakeAt(pass.Now + BackOff.After(AcmeErrorClass.ServerTrouble, tries, null, pass.Key.ToString()));
                return;
            }

            CertificateLog.LeftBehind(logger, pass.Key.Namespace, pass.Key.Name, left);
            cluster.Record(pass.Certificate, EventType.Warning, "ProofLeftBehind", $"Remove it by hand: {left}");
        }

        await orders.DeleteAsync(pass.Certificate, stopping);
        ledger.End(pass.Key);
        pass.Order = null;
        pass.WakeAt(pass.Now);
    }

    /// <summary>Whether the stored status has the outcome already: then this is not the pass that learned of it.</summary>
    private static bool IsRemembered(CertificatePass pass, OrderOutcome outcome)
    {
        var status = pass.Certificate.Status;
        return outcome.Failure is null
            ? status?.Failures is null && status?.Serial is { } serial
                && serial == pass.Stored?.Leaf?.SerialNumber && !pass.Delivered
            : outcome.Class is null || status?.Failures?.Last >= Seconds(outcome.Time);
    }

    private void Remember(CertificatePass pass, OrderOutcome outcome, string failure)
    {
        var @class = outcome.Class!.Value;
        pass.Failures = FailureMemory.AfterOrder(
            pass.Failures, @class, @class.ToString(), failure, outcome.RetryAt,
            pass.Certificate.Metadata.Generation, Seconds(outcome.Time));
        metrics.Failures.Add(1, new KeyValuePair<string, object?>("class", @class.ToString()));
        CertificateLog.OrderFailed(logger, pass.Key.Namespace, pass.Key.Name, failure);
        cluster.Record(pass.Certificate, EventType.Warning, @class.ToString(), failure);
    }

    /// <summary>For what is polite but not needed; without an account it is left out.</summary>
    private async Task<AcmeSession?> TryOpenAsync(SstpCertificate certificate, CancellationToken stopping)
    {
        try
        {
            return await accounts.OpenAsync(certificate.Metadata.Namespace ?? "", certificate.Spec.Issuer.Acme!, null, stopping);
        }
        catch (Exception failure) when (failure is AcmeException or AcmeUnreachableException or BlockedException)
        {
            CertificateLog.NotDeactivated(
                logger, certificate.Metadata.Namespace ?? "", certificate.Metadata.Name, failure.Message);
            return null;
        }
    }

    private static bool IsFor(OrderProgress progress, WantedCertificate wanted) =>
        progress.Names.SequenceEqual(wanted.Names, StringComparer.Ordinal)
        && progress.KeyAlgorithm == wanted.KeyAlgorithm
        && wanted.IssuerId == (progress.Profile is null
            ? $"acme:{progress.Directory.OriginalString}"
            : $"acme:{progress.Directory.OriginalString}#{progress.Profile}");

    private static DateTimeOffset Seconds(DateTimeOffset time) =>
        new(time.UtcTicks - time.UtcTicks % TimeSpan.TicksPerSecond, TimeSpan.Zero);
}
