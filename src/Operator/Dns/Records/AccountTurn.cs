using KubeApi.Objects;
using Operator.Dns.Accounts;
using Operator.Dns.Publishing;

namespace Operator.Dns.Records;

/// <summary>A record's turn at its account: what it decides for itself, and then what the account allows.</summary>
/// <param name="Verdict">Publish only together with <paramref name="Go"/>.</param>
/// <param name="Go">To be given back by <see cref="ServiceAccount.Finish"/>; null when the record may not call.</param>
public sealed record AccountTurn(PublishVerdict Verdict, Admission.Go? Go)
{
    /// <summary>Until when others are waited for that may go in the same request; null when none are.</summary>
    public DateTimeOffset? Gathers { get; init; }

    /// <param name="decide">The record's own decision about a state.</param>
    /// <param name="wish">What would be sent, if others may send it or go along; null when it goes by itself.</param>
    public static async Task<AccountTurn> AskAsync(
        ServiceAccount account, ObjectKey who, PublishState state, Func<PublishState, PublishVerdict> decide, NameWish? wish,
        bool isRequested, CancellationToken stopping)
    {
        if (state.Failures is { } failures) account.Recall(failures, state.NotBefore);
        if (decide(Unbound(account, state)) is not PublishVerdict.Publish)
        {
            account.Leave(who);
            return new AccountTurn(decide(state), null);
        }

        await account.LookAsync(who, stopping);
        var verdict = decide(Unbound(account, state));
        if (verdict is not PublishVerdict.Publish) return new AccountTurn(verdict, null);
        return account.Admit(who, isRequested, wish) switch
        {
            Admission.Gather gather => new AccountTurn(verdict, null) { Gathers = gather.Until },
            Admission.Refused refused => new AccountTurn(new PublishVerdict.Stopped(refused.Class, refused.Message), null),
            Admission.Go go => new AccountTurn(verdict, go),
            Admission.Wait wait => new AccountTurn(Of(wait), null),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    /// <summary>After an attempt: a service that is out tells when it is asked again, otherwise the record does.</summary>
    public static PublishVerdict After(ServiceAccount account, ObjectKey who, PublishVerdict verdict) =>
        verdict is PublishVerdict.Publish or PublishVerdict.Wait { Reason: PublishChecks.BackingOffReason }
        && account.WaitForEnd(who) is { } rest
            ? Of(rest)
            : verdict;

    // While the service is out the account decides when it is asked again, and what was waited for is over once it is back.
    private static PublishState Unbound(ServiceAccount account, PublishState state) =>
        account.IsOut || state.Failures?.Last < account.ReturnedAt ? state with { NotBefore = null } : state;

    private static PublishVerdict.Wait Of(Admission.Wait wait) =>
        new(wait.Reason, wait.Message, wait.Until) { Again = wait.Again };
}
