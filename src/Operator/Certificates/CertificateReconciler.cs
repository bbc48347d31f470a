using KubeApi.Events;
using KubeApi.Objects;
using Microsoft.Extensions.Logging;
using Operator.Certificates.Accounts;
using Operator.Certificates.Acme.Transport;
using Operator.Certificates.Challenges;
using Operator.Certificates.Cluster;
using Operator.Certificates.Policies;
using Operator.Reconciling;
using Operator.Resources;
using Operator.Resources.SstpCertificates;
using Operator.Resources.Validation;

namespace Operator.Certificates;

/// <summary>Brings one SstpCertificate to what it asks for: gather, decide, act,
/// and say what was found and when to come back.</summary>
internal sealed class CertificateReconciler(
    ICertificateCluster cluster,
    CertificateSecrets secrets,
    AcmeIssuing acme,
    InternalIssuing internalCa,
    CertificateDeletion deletion,
    RenewalInfoFollower renewal,
    AccountLedger ledger,
    TimeProvider clock,
    CertificateMetrics metrics,
    ILogger<CertificateReconciler> logger) : IReconciler<SstpCertificate, SstpCertificateStatus>
{
    /// <summary>Something that a watch would tell of may have been missed.</summary>
    private static readonly TimeSpan SlowCheck = TimeSpan.FromMinutes(5);

    /// <summary>Before anything is put into the world that has to be taken away again.</summary>
    public string Finalizer => CertificateDeletion.Finalizer;

    public async Task<Reconciled<SstpCertificateStatus>> ReconcileAsync(Pass<SstpCertificate> about, CancellationToken stopping)
    {
        var pass = new CertificatePass(about.Resource.Value, clock.GetUtcNow()) { Paused = about.IsPaused };
        if (about.IsRequested) pass.Failures = FailureMemory.AfterNudge(pass.Failures);
        await TryActAsync(pass, stopping);
        if (pass.Expires is { } expires) metrics.Set(pass.Key.Namespace, pass.Key.Name, expires, pass.RenewalTime);
        return new Reconciled<SstpCertificateStatus>(
            CertificateStatusComposer.Compose(pass), pass.Wake is { } wake ? Max(wake - clock.GetUtcNow(), TimeSpan.Zero) : null);
    }

    public Task<CleanUp> CleanUpAsync(Pass<SstpCertificate> pass, CancellationToken stopping) =>
        deletion.RunAsync(pass.Resource.Value, stopping);

    public void Forget(ObjectKey key)
    {
        metrics.Remove(key.Namespace, key.Name);
        ledger.End(key);
    }

    /// <summary>The one place where failures become status.</summary>
    private async Task TryActAsync(CertificatePass pass, CancellationToken stopping)
    {
        try
        {
            await ActAsync(pass, stopping);
        }
        catch (BlockedException blocked)
        {
            pass.Blocked = blocked;
            ledger.Rest(pass.Key);
            pass.WakeAt(pass.Now + SlowCheck);
            if (pass.Certificate.Status?.Conditions.Any(condition => condition.Message == blocked.Message) != true)
            {
                CertificateLog.Blocked(logger, pass.Key.Namespace, pass.Key.Name, blocked.Message);
                cluster.Record(pass.Certificate, EventType.Warning, blocked.Reason, blocked.Message);
            }
        }
        catch (AcmeUnreachableException failure)
        {
            Trouble(pass, "CaUnreachable", failure.Message, failure.RetryAt);
        }
        catch (AcmeException refusal)
        {
            Trouble(pass, refusal.Problem.Kind, refusal.Message, refusal.RetryAt);
        }
        catch (ChallengeException failure)
        {
            Trouble(pass, "ChallengeNotPresented", failure.Message, pass.Now + failure.RetryAfter);
        }
    }

    private async Task ActAsync(CertificatePass pass, CancellationToken stopping)
    {
        var spec = pass.Certificate.Spec;
        if (!WasFoundGood(pass.Certificate) && ResourceCheck.Spec(spec) is { Count: > 0 } mistakes)
            throw new BlockedException("InvalidSpec", string.Join("; ", mistakes));

        using var authority = spec.Issuer.Kind == CertificateIssuerKind.InternalCa
            ? await internalCa.OpenAsync(pass.Certificate, stopping)
            : null;
        pass.Wanted = WantedCertificate.Of(spec, authority?.Id ?? WantedCertificate.AcmeId(spec.Issuer.Acme!));
        await GatherAsync(pass, stopping);
        if (pass.Paused) return;

        await renewal.FollowAsync(pass, stopping);
        await RevokeAsync(pass, stopping);
        Decide(pass);
        if (pass.Secret is { } secret && pass.Stored is { Key: { } key, Leaf: not null } && pass.Need is null)
            await secrets.RefreshPkcs12Async(pass.Certificate, secret, key, stopping);

        if (authority is null) await acme.PassAsync(pass, stopping);
        else await internalCa.PassAsync(pass, authority, stopping);
        await LookAgainAsync(pass, stopping);
    }

    private async Task GatherAsync(CertificatePass pass, CancellationToken stopping)
    {
        pass.Secret = await secrets.ReadAsync(pass.Certificate, stopping);
        pass.Stored = pass.Secret is null ? null : CertificateSecrets.Parse(pass.Secret);

        // What was issued for other names counts for those.
        if (pass.Stored?.Leaf is not { } leaf || pass.Delivered) return;

        var isForNames = CertificateNames.Of(leaf).SequenceEqual(pass.Wanted!.Names, StringComparer.Ordinal);
        pass.Issued = isForNames ? [.. pass.Issued.Concat(CertificateSecrets.Issued(pass.Secret)).Distinct().Order()] : [];
    }

    private static void Decide(CertificatePass pass)
    {
        var annotations = pass.Certificate.Metadata.Annotations;
        var asked = annotations.GetValueOrDefault(CertificateAnnotations.ReissueAt);
        pass.Need = IssuePolicy.Decide(new IssueFacts(
            pass.Wanted!.IssuerId,
            pass.Wanted.Names,
            pass.Wanted.KeyAlgorithm,
            pass.Wanted.Form,
            pass.Stored,
            pass.RenewalTime,
            pass.Revoked is not null,
            asked is not null && pass.Secret?.Annotations.GetValueOrDefault(CertificateAnnotations.ReissuedFor) != asked,
            pass.Now));

        // Revoked for good: while the annotation stands, no other certificate is made.
        if (IsToBeRevoked(pass) && pass.Revoked is not null) pass.Need = null;
        if (pass.Need is not null) return;

        pass.WakeAt(pass.RenewalTime);
        DateTimeOffset begin = pass.Stored!.Leaf!.NotBefore.ToUniversalTime();
        if (begin > pass.Now) pass.WakeAt(begin);    // the CA's clock is ahead of ours
    }

    private async Task RevokeAsync(CertificatePass pass, CancellationToken stopping)
    {
        if (pass.Stored?.Leaf is not { } leaf || pass.Certificate.Status?.Serial != leaf.SerialNumber) pass.Revoked = null;
        if (!IsToBeRevoked(pass) || pass.Revoked is not null || pass.Stored is not { Leaf: { } doomed } stored) return;

        if (pass.Certificate.Spec.Issuer.Kind == CertificateIssuerKind.Acme)
            await acme.RevokeAsync(pass.Certificate, stored, stopping);
        else await internalCa.RevokeAsync(pass.Certificate, stored, stopping);
        pass.Revoked = new DateTimeOffset(pass.Now.UtcTicks - pass.Now.UtcTicks % TimeSpan.TicksPerSecond, TimeSpan.Zero);
        CertificateLog.Revoked(logger, pass.Key.Namespace, pass.Key.Name, doomed.SerialNumber);
        cluster.Record(
            pass.Certificate, EventType.Warning, "Revoked",
            $"Certificate {doomed.SerialNumber} was revoked, as the annotation asks");
    }

    /// <summary>What was delivered in this pass is what the status speaks of.</summary>
    private async Task LookAgainAsync(CertificatePass pass, CancellationToken stopping)
    {
        if (!pass.Delivered) return;

        await GatherAsync(pass, stopping);
        if (pass.Stored?.Leaf is not { } leaf) return;

        DateTimeOffset notAfter = leaf.NotAfter.ToUniversalTime();
        pass.RenewalTime = null;
        await renewal.FollowAsync(pass, stopping);
        pass.Revoked = null;
        Decide(pass);
        metrics.Issued.Add(1, new KeyValuePair<string, object?>("issuer", pass.Certificate.Spec.Issuer.Kind.ToString()));
        CertificateLog.Issued(logger, pass.Key.Namespace, pass.Key.Name, leaf.SerialNumber, notAfter);
        cluster.Record(
            pass.Certificate, EventType.Normal, "Issued",
            $"Certificate {leaf.SerialNumber} is in Secret {SecretNames.Output(pass.Certificate)}, valid until {notAfter:u}");
    }

    private void Trouble(CertificatePass pass, string type, string message, DateTimeOffset? retryAt)
    {
        ledger.Rest(pass.Key);
        pass.Failures = FailureMemory.AfterTrouble(pass.Failures, type, message, retryAt, pass.Now);
        var facts = new StartFacts(
            pass.Failures, pass.Certificate.Metadata.Generation, [], 0, 0, 0, [], pass.Expires,
            pass.Key.ToString(), new CaLimits(), pass.Now);
        pass.Refusal = StartPolicy.ObjectionToGoOn(facts);
        pass.WakeAt(pass.Refusal?.NotBefore ?? pass.Now);
        metrics.Failures.Add(1, new KeyValuePair<string, object?>("class", type));
        CertificateLog.Trouble(logger, pass.Key.Namespace, pass.Key.Name, message);
        if (pass.Failures.Troubles == 1)
            cluster.Record(pass.Certificate, EventType.Warning, type == "CaUnreachable" ? type : "TriedAgainLater", message);
    }

    /// <summary>The check is the most expensive part of a pass that finds nothing to do, and there are many of those.</summary>
    private static bool WasFoundGood(SstpCertificate certificate) =>
        certificate.Status is { } status && status.ObservedGeneration == certificate.Metadata.Generation
        && status.Conditions.Any(condition => condition is { Type: ConditionTypes.Stalled, Status: ConditionStatus.False });

    private static bool IsToBeRevoked(CertificatePass pass) =>
        pass.Certificate.Metadata.Annotations.GetValueOrDefault(SstpCertificateConditions.RevokeAnnotation) == "true";

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
