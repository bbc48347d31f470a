using Operator.Certificates.Acme;
using Operator.Certificates.Acme.Transport;
using Operator.Certificates.Acme.Wire;
using Operator.Certificates.Challenges;
using Operator.Resources.SstpCertificates;

namespace Operator.Certificates.Ordering;

/// <summary>From what is written down and what the CA says: the next step. Pure.</summary>
/// <remarks>
/// The CA's word comes first. Orders and authorizations are found in any state, for a CA hands out old ones again and an
/// earlier run of the operator may have ended anywhere; so nothing here follows from what was done before in this run.
/// </remarks>
internal static class OrderPlanner
{
    /// <summary>A challenge that the CA still calls pending this long after it was
    /// triggered was not triggered after all.</summary>
    private static readonly TimeSpan TriggerAgainAfter = TimeSpan.FromMinutes(1);

    /// <summary>All authorizations are valid and the order is not ready yet: seen at CAs with replicas.</summary>
    private static readonly TimeSpan ReplicaLag = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan FirstPoll = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestPoll = TimeSpan.FromMinutes(1);

    /// <param name="view">Null before the order has an address.</param>
    /// <param name="ways">The ways to prove control of a name, the most wanted first.</param>
    public static OrderStep Next(
        OrderProgress progress, OrderView? view, Func<string, IReadOnlyList<ChallengeKind>> ways, DateTimeOffset now)
    {
        if (view is null) return new OrderStep.CreateOrder();

        return view.Order.Status switch
        {
            OrderStatus.Invalid => Invalid(view),
            OrderStatus.Pending => Authorize(progress, view, ways, now),
            OrderStatus.Ready => new OrderStep.Finalize(view.Order.Finalize),
            OrderStatus.Processing => new OrderStep.Wait(PollAfter(progress, view, now), "the CA to issue"),
            _ when view.Order.Certificate is { } certificate => new OrderStep.Download(certificate),
            _ => new OrderStep.Wait(ReplicaLag, "the address of the certificate"),
        };
    }

    /// <summary>Grows with the time waited so far, so that a slow CA is not asked hundreds of times.</summary>
    public static TimeSpan PollAfter(OrderProgress progress, OrderView view, DateTimeOffset now)
    {
        var waited = now - progress.Challenges.Select(challenge => challenge.Since).Append(progress.Started).Max();
        var patience = waited / 2 < FirstPoll ? FirstPoll : waited / 2 > LongestPoll ? LongestPoll : waited / 2;
        return RetryAfter.ForPoll(view.RetryAt, now, patience);
    }

    private static OrderStep Authorize(
        OrderProgress progress, OrderView view, Func<string, IReadOnlyList<ChallengeKind>> ways, DateTimeOffset now)
    {
        if (view.Authorizations.Values.FirstOrDefault(authorization => IsLost(authorization.Status)) is not null)
            return Invalid(view);

        var pending = view.Authorizations.Where(entry => entry.Value.Status == AuthorizationStatus.Pending).ToArray();
        if (pending.Length == 0) return new OrderStep.Wait(ReplicaLag, "the CA to see that all names are authorized");

        var unplanned = new List<(Uri, Authorization, Challenge, ChallengeKind)>();
        var planned = new List<(ChallengeProgress Progress, Challenge Challenge)>();
        foreach (var (url, authorization) in pending)
        {
            if (Planned(progress, authorization) is { } known)
            {
                planned.Add(known);
            }
            else if (Choose(authorization, ways(authorization.OrderedName)) is { } choice)
            {
                unplanned.Add((url, authorization, choice.Challenge, choice.Type));
            }
            else
            {
                return new OrderStep.GiveUp(NoWay(authorization, ways(authorization.OrderedName)), AcmeErrorClass.ResourceWrong);
            }
        }

        if (unplanned.Count > 0) return new OrderStep.Prepare(unplanned);

        var absent = planned.Where(entry => entry.Progress.Stage == ChallengeStage.Planned)
            .Select(entry => entry.Progress).ToArray();
        if (absent.Length == planned.Count) return new OrderStep.Present(absent);

        // Some found no room: they wait until the CA has seen the others.
        planned.RemoveAll(entry => entry.Progress.Stage == ChallengeStage.Planned);

        var unseen = planned.Where(entry => entry.Progress.Stage == ChallengeStage.Presented)
            .Select(entry => entry.Progress).ToArray();
        if (unseen.Length > 0) return Check(unseen, now);

        // All together: a name that fails then costs no order more than it has to.
        var settled = planned.Where(entry => entry.Progress.Stage == ChallengeStage.Visible)
            .Select(entry => entry.Progress.Since + SelfCheckPolicy.For(entry.Progress.Solver).Settle).DefaultIfEmpty(now).Max();
        if (settled > now) return new OrderStep.Wait(settled - now, "the proofs to settle");

        var asleep = planned.Where(entry => entry.Challenge.Status == ChallengeStatus.Pending && IsDue(entry.Progress, now))
            .Select(entry => entry.Progress).ToArray();
        return asleep.Length > 0
            ? new OrderStep.Trigger(asleep)
            : new OrderStep.Wait(PollAfter(progress, view, now), "the CA to check the names");
    }

    /// <summary>A self-check, or a wait between two, or the end of patience:
    /// then no failed validation is spent at the CA.</summary>
    private static OrderStep Check(ChallengeProgress[] unseen, DateTimeOffset now)
    {
        if (unseen.FirstOrDefault(challenge => now - challenge.Since > SelfCheckPolicy.For(challenge.Solver).Deadline)
            is { } late)
        {
            return new OrderStep.GiveUp(
                $"{late.Name}: the proof at {late.Place} was not seen within "
                + $"{SelfCheckPolicy.For(late.Solver).Deadline.TotalMinutes:0.#} minutes: "
                + $"{late.Missing ?? "no check succeeded"}. "
                + "The CA was not asked, so that no failed validation counts.",
                AcmeErrorClass.ValidationFailed);
        }

        return new OrderStep.SelfCheck(unseen);
    }

    private static bool IsDue(ChallengeProgress challenge, DateTimeOffset now) =>
        challenge.Stage == ChallengeStage.Visible || now - challenge.Since > TriggerAgainAfter;

    private static (ChallengeProgress, Challenge)? Planned(OrderProgress progress, Authorization authorization)
    {
        foreach (var challenge in authorization.Challenges)
        {
            if (progress.Challenges.FirstOrDefault(known => known.Challenge == challenge.Url) is { } found)
                return (found, challenge);
        }

        return null;
    }

    private static (Challenge Challenge, ChallengeKind Type)? Choose(
        Authorization authorization, IReadOnlyList<ChallengeKind> ways)
    {
        foreach (var way in ways)
        {
            if (!way.Suits(authorization.OrderedName)) continue;

            var offered = authorization.Challenges.FirstOrDefault(
                challenge => challenge.Type == way.ToWire() && KeyAuthorization.IsToken(challenge.Token));
            if (offered is not null) return (offered, way);
        }

        return null;
    }

    private static string NoWay(Authorization authorization, IReadOnlyList<ChallengeKind> ways) =>
        $"{authorization.OrderedName}: "
        + $"the CA offers {string.Join(", ", authorization.Challenges.Select(challenge => challenge.Type))}, "
        + "and the resource allows "
        + (ways.Count == 0 ? "nothing for this name" : string.Join(", ", ways.Select(way => way.ToWire())))
        + (CertificateNames.IsWildcard(authorization.OrderedName)
            ? "; a wildcard needs dns-01. Add a dns01 solver"
            : ". Add a solver of a kind that is offered");

    private static bool IsLost(AuthorizationStatus status) =>
        status is not (AuthorizationStatus.Pending or AuthorizationStatus.Valid);

    /// <summary>In the CA's words, name by name; where the order has an error of its own, that as well.</summary>
    private static OrderStep.GiveUp Invalid(OrderView view)
    {
        var problems = new List<(string Text, AcmeErrorClass Class)>();
        foreach (var authorization in view.Authorizations.Values.Where(authorization => IsLost(authorization.Status)))
        {
            var errors = authorization.Challenges.Where(challenge => challenge.Error is not null).ToArray();
            problems.AddRange(errors.Select(challenge =>
                ($"{authorization.OrderedName} ({challenge.Type}): {challenge.Error}", AcmeErrors.Classify(
                    challenge.Error!, statusCode: 0))));
            if (errors.Length == 0)
            {
                problems.Add((
                    $"{authorization.OrderedName}: the authorization is {authorization.Status.ToString().ToLowerInvariant()}",
                    AcmeErrorClass.ValidationFailed));
            }
        }

        if (view.Order.Error is { } error) problems.Add((error.ToString(), AcmeErrors.Classify(error, statusCode: 0)));
        return problems.Count == 0
            ? new OrderStep.GiveUp("The CA calls the order invalid and does not say why", AcmeErrorClass.ValidationFailed)
            : new OrderStep.GiveUp(string.Join("; ", problems.Select(problem => problem.Text)), problems[0].Class);
    }
}
