using Operator.Certificates.Acme.Wire;
using Operator.Certificates.Ordering;
using Operator.Certificates.Policies;
using Operator.Resources;
using Operator.Resources.SstpCertificates;

namespace Operator.Certificates;

/// <summary>From one pass: the status that people and programs read. Pure; the same findings
/// give the same status, letter by letter.</summary>
/// <remarks>Generations, and the times of conditions, are filled in by whoever writes it.</remarks>
internal static class CertificateStatusComposer
{
    public static SstpCertificateStatus Compose(CertificatePass pass)
    {
        var leaf = pass.Stored?.Leaf;
        return new SstpCertificateStatus
        {
            Conditions = Conditions(pass),
            Serial = leaf?.SerialNumber,
            Issuer = leaf?.Issuer,
            NotBefore = leaf?.NotBefore.ToUniversalTime(),
            NotAfter = leaf?.NotAfter.ToUniversalTime(),
            RenewalTime = leaf is null ? null : pass.RenewalTime,
            RenewalWindow = leaf is null ? null : pass.Window,
            SecretName = SecretNames.Output(pass.Certificate),
            Order = pass.Order is { } order ? Describe(order, pass) : null,
            Failures = pass.Failures is { } failures ? failures with { NextAttempt = pass.Refusal?.NotBefore } : null,
            IssuedRecently = [.. pass.Issued.Where(time => time > pass.Now - Remembered).Distinct().Order().TakeLast(8)],
            Account = pass.Account,
            Revoked = leaf is null ? null : pass.Revoked,
        };
    }

    /// <summary>As long as CAs count duplicates, and a day.</summary>
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(8);

    private static IReadOnlyList<Condition> Conditions(CertificatePass pass)
    {
        var usable = pass.Stored?.IsUsable(pass.Now) == true;
        var ready = usable && pass.Wanted is not null && pass.Revoked is null
            && (pass.Need is null || Serves(pass.Need.Value.Reason));
        var (reason, message) = Explain(pass, ready);
        var stalled = pass.Blocked is not null || pass.Refusal is { NotBefore: null };
        var working = pass.Need is not null && !stalled && !pass.Paused;
        return
        [
            Condition(ConditionTypes.Ready, ready, ready && pass.Need is null ? "Issued" : reason, ready && pass.Need is null
                ? "The Secret holds a valid certificate"
                : message),
            Condition(
                ConditionTypes.Reconciling, working && !ready, working && !ready ? reason : "Done",
                working && !ready ? message : "Nothing is under way"),
            Condition(ConditionTypes.Stalled, stalled, stalled ? reason : "NotStalled", stalled ? message : "Nobody has to act"),
            Condition(
                SstpCertificateConditions.Issuing, working && !ready, working && !ready ? reason : "NotIssuing",
                working && !ready ? message : "No certificate is being issued"),
            Condition(
                SstpCertificateConditions.Renewing, working && ready, working && ready ? reason : "NotRenewing",
                working && ready ? message : "No other certificate is due"),
        ];

        static Condition Condition(string type, bool holds, string why, string text) =>
            new() { Type = type, Status = holds ? ConditionStatus.True : ConditionStatus.False, Reason = why, Message = text };
    }

    /// <summary>A certificate that is only due for another one goes on serving.</summary>
    private static bool Serves(IssueReason reason) =>
        reason is IssueReason.RenewalDue or IssueReason.Requested or IssueReason.KeyAlgorithmChanged or IssueReason.FormChanged;

    private static (string Reason, string Message) Explain(CertificatePass pass, bool ready)
    {
        if (pass.Blocked is { } blocked) return (blocked.Reason, blocked.Message);
        if (pass.Paused) return ("Paused", "The annotation says so; nothing is issued or renewed meanwhile");
        if (pass.Revoked is not null && pass.Need is null)
            return ("Revoked", "The certificate was revoked, and its annotation asks for no other");
        if (pass.Refusal is { } refusal) return (refusal.Reason.ToString(), refusal.Message);
        if (pass.Need is not { } need)
            return ready
                ? ("Issued", "")
                : ("NotYetValid", "The certificate's time has not begun; is the clock of the operator's host right?");
        return (need.Reason.ToString(), pass.WaitingFor is { } waiting ? $"{need.Why}; waiting for {waiting}" : need.Why);
    }

    private static CertificateOrder Describe(OrderProgress order, CertificatePass pass) => new()
    {
        Url = order.Order?.OriginalString,
        State = order.Outcome is null ? pass.View?.Order.Status.ToString().ToLowerInvariant()
            : order.Outcome.Failure is null ? "valid"
            : "given up",
        KeySecret = SecretNames.Order(pass.Certificate.Metadata.Name),
        CertificateUrl = pass.View?.Order.Certificate?.OriginalString,
        Created = Seconds(order.Started),
        Expires = pass.View?.Order.Expires is { } expires ? Seconds(expires) : null,
        Challenges = [.. order.Challenges.OrderBy(challenge => challenge.Name, StringComparer.Ordinal)
            .ThenBy(challenge => challenge.Challenge.OriginalString, StringComparer.Ordinal)
            .Select(challenge => Describe(challenge, pass.View?.Authorizations.GetValueOrDefault(challenge.Authorization)))],
    };

    private static OrderChallenge Describe(ChallengeProgress challenge, Authorization? authorization)
    {
        var seen = authorization?.Challenges.FirstOrDefault(candidate => candidate.Url == challenge.Challenge);
        return new OrderChallenge
        {
            Url = challenge.Challenge.OriginalString,
            Authorization = challenge.Authorization.OriginalString,
            Name = challenge.Name,
            Kind = challenge.Kind,
            State = seen?.Status switch
            {
                Acme.Wire.ChallengeStatus.Valid => ChallengeState.Valid,
                Acme.Wire.ChallengeStatus.Invalid => ChallengeState.Invalid,
                _ => challenge.Stage switch
                {
                    ChallengeStage.Planned => ChallengeState.Pending,
                    ChallengeStage.Presented => ChallengeState.Presented,
                    ChallengeStage.Visible => ChallengeState.Checked,
                    _ => ChallengeState.Submitted,
                },
            },
            PresentedAt = challenge.Place,
            PresentedValue = challenge.Kind == ChallengeKind.Dns01 ? challenge.Proof : null,
            Message = seen?.Error?.ToString() is { } words ? Cut(words) : challenge.Missing is { } missing ? Cut(missing) : null,
        };
    }

    private static string Cut(string text) => text.Length <= 1024 ? text : text[..1024];

    /// <summary>metav1.Time has whole seconds; more would be cut, and differ for ever.</summary>
    private static DateTimeOffset Seconds(DateTimeOffset time) =>
        new(time.UtcTicks - time.UtcTicks % TimeSpan.TicksPerSecond, TimeSpan.Zero);
}
