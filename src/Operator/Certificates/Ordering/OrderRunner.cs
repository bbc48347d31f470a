using Microsoft.Extensions.Logging;
using Operator.Certificates.Accounts;
using Operator.Certificates.Acme;
using Operator.Certificates.Acme.Transport;
using Operator.Certificates.Acme.Wire;
using Operator.Certificates.Challenges;
using Operator.Resources.SstpCertificates;

namespace Operator.Certificates.Ordering;

/// <summary>Takes the steps that <see cref="OrderPlanner"/> names, and writes
/// down each before whatever follows from it.</summary>
internal sealed class OrderRunner(OrderStore store, ChallengeSolvers solvers, TimeProvider clock, ILogger<OrderRunner> logger)
{
    /// <summary>Another certificate has the only place that a DNS service has; its order takes a minute or two.</summary>
    private static readonly TimeSpan RoomCheck = TimeSpan.FromSeconds(15);

    /// <summary>Steps until there is something to wait for, or the order has its outcome.</summary>
    /// <param name="deliver">Writes the certificate's Secret. Done again with the same
    /// chain after a crash, it changes nothing.</param>
    public async Task<OrderAdvance> AdvanceAsync(
        SstpCertificate certificate, AcmeSession session, StoredOrder order,
        Func<CertificateChain, PrivateKey, Task> deliver, CancellationToken stopping)
    {
        var issuer = certificate.Spec.Issuer.Acme!;
        var @namespace = certificate.Metadata.Namespace ?? "";
        OrderView? view = null;
        while (true)
        {
            try
            {
                if (order.Progress.Order is { } url) view ??= await LookAsync(session, url, stopping);
            }
            catch (AcmeException refusal) when (refusal.StatusCode == 404)
            {
                return await EndAsync(new OrderStep.GiveUp(
                    $"The CA no longer knows the order: {refusal.Problem}", AcmeErrorClass.ValidationFailed));
            }

            var step = OrderPlanner.Next(
                order.Progress, view,
                name => [.. ChallengeSolvers.For(issuer, name).Select(solver => solver.Kind)], clock.GetUtcNow());
            switch (step)
            {
                case OrderStep.CreateOrder:
                    await StoreAsync(await CreateAsync(session, order.Progress, stopping));
                    break;
                case OrderStep.Prepare prepare:
                    await StoreAsync(await PrepareAsync(certificate, session, order.Progress, prepare, stopping));
                    break;
                case OrderStep.Present present:
                    var placed = await PresentAsync(@namespace, order.Progress, view!, present, stopping);
                    if (placed == order.Progress)
                        return new OrderAdvance(
                            order, view, RoomCheck, "room for a proof: the DNS service holds one value at a time");
                    await StoreAsync(placed);
                    break;
                case OrderStep.SelfCheck check:
                    var (progress, wait) = await CheckAsync(@namespace, order.Progress, check, stopping);
                    await StoreAsync(progress);
                    if (wait > TimeSpan.Zero) return new OrderAdvance(order, view, wait, "the proofs to be seen everywhere");
                    break;
                case OrderStep.Trigger trigger:
                    foreach (var challenge in trigger.Challenges) await TriggerAsync(session, challenge, stopping);
                    await StoreAsync(trigger.Challenges.Aggregate(
                        order.Progress,
                        (progress, challenge) => progress.With(challenge.At(ChallengeStage.Triggered, clock.GetUtcNow()))));
                    view = null;
                    break;
                case OrderStep.Finalize finalize:
                    view = await FinalizeAsync(session, order, view!, finalize.Url, stopping);
                    if (view is null)
                        return new OrderAdvance(order, null, TimeSpan.FromSeconds(5), "the CA to call the order ready");
                    break;
                case OrderStep.Download download:
                    return await DeliverAsync(download.Url);
                case OrderStep.GiveUp giveUp:
                    return await EndAsync(giveUp);
                case OrderStep.Wait pause:
                    return new OrderAdvance(order, view, pause.For, pause.What);
            }
        }

        async Task StoreAsync(OrderProgress progress)
        {
            if (progress == order.Progress) return;

            order = order with { Progress = progress };
            await store.WriteAsync(certificate, order, stopping);
        }

        async Task<OrderAdvance> EndAsync(OrderStep.GiveUp giveUp)
        {
            await StoreAsync(order.Progress with { Outcome = new OrderOutcome(clock.GetUtcNow(), giveUp.Failure, giveUp.Class) });
            return new OrderAdvance(order, view, null, null);
        }

        async Task<OrderAdvance> DeliverAsync(Uri url)
        {
            var (chain, preferred) = await session.Client.DownloadAsync(session.Signer, url, issuer.PreferredRoot, stopping);
            if (!preferred)
                CertificateLog.PreferredRootNotOffered(
                    logger, @namespace, certificate.Metadata.Name, issuer.PreferredRoot!, chain.TopIssuer);
            if (!PrivateKey.TryRead(order.KeyPem, out var key))
                throw new BlockedException(
                    "OrderUnreadable",
                    "the key of the order under way cannot be read; delete its Secret, and a new order begins");

            using (key)
            {
                if (chain.Objection(key!, order.Progress.Names, clock.GetUtcNow()) is { } objection)
                    return await EndAsync(new OrderStep.GiveUp(objection, AcmeErrorClass.ServerTrouble));

                await deliver(chain, key!);
            }

            await StoreAsync(order.Progress with { Outcome = new OrderOutcome(clock.GetUtcNow()) });
            return new OrderAdvance(order, view, null, null);
        }
    }

    private static async Task<OrderProgress> CreateAsync(AcmeSession session, OrderProgress progress, CancellationToken stopping)
    {
        try
        {
            var (url, _) = await session.Client.CreateOrderAsync(
                session.Signer, progress.Names, progress.Replaces, progress.Profile, stopping);
            return progress with { Order = url };
        }
        catch (AcmeException refusal) when (refusal.Class == AcmeErrorClass.AlreadyReplaced && progress.Replaces is not null)
        {
            return progress with { Replaces = null };    // RFC 9773 section 5: an order like any other, then
        }
    }

    private static async Task<OrderView> LookAsync(AcmeSession session, Uri url, CancellationToken stopping)
    {
        var order = await session.Client.GetOrderAsync(session.Signer, url, stopping);
        var authorizations = new Dictionary<Uri, Authorization>();
        var retryAt = order.RetryAt;
        if (order.Value.Status is OrderStatus.Pending or OrderStatus.Invalid)
        {
            foreach (var address in order.Value.Authorizations)
            {
                var authorization = await session.Client.GetAuthorizationAsync(session.Signer, address, stopping);
                authorizations[address] = authorization.Value;
                if (authorization.RetryAt > retryAt || retryAt is null) retryAt = authorization.RetryAt;
            }
        }

        return new OrderView(order.Value, authorizations, retryAt);
    }

    private async Task<OrderProgress> PrepareAsync(
        SstpCertificate certificate, AcmeSession session, OrderProgress progress,
        OrderStep.Prepare prepare, CancellationToken stopping)
    {
        foreach (var (url, authorization, challenge, kind) in prepare.Challenges)
        {
            var solver = ChallengeSolvers.For(certificate.Spec.Issuer.Acme!, authorization.OrderedName)
                .First(candidate => candidate.Kind == kind);
            var place = await solvers.Of(kind)
                .FindPlaceAsync(certificate.Metadata.Namespace ?? "", solver, authorization.OrderedName, stopping);
            var proof = solvers.Of(kind).Proof(challenge.Token!, session.Signer.Key.Thumbprint);
            progress = progress.With(
                new ChallengeProgress(authorization.OrderedName, kind, url, challenge.Url, challenge.Token!, solver, place, proof)
                {
                    Since = clock.GetUtcNow(),
                });
        }

        return progress;
    }

    /// <summary>Where there is room for one, the others follow when the CA has seen it.</summary>
    private async Task<OrderProgress> PresentAsync(
        string @namespace, OrderProgress progress, OrderView view, OrderStep.Present present, CancellationToken stopping)
    {
        var done = progress.Challenges.Where(known => known.Stage != ChallengeStage.Planned
            && view.Authorizations.GetValueOrDefault(known.Authorization)?.Status == AuthorizationStatus.Valid)
            .ToArray();
        foreach (var challenge in present.Challenges)
        {
            var isPlaced = await solvers.Of(challenge).PresentAsync(@namespace, challenge, stopping);
            if (!isPlaced && done.Length > 0)
            {
                foreach (var seen in done) await solvers.Of(seen).RemoveAsync(@namespace, seen, stopping);
                isPlaced = await solvers.Of(challenge).PresentAsync(@namespace, challenge, stopping);
            }

            if (isPlaced) progress = progress.With(challenge.At(ChallengeStage.Presented, clock.GetUtcNow()));
        }

        return progress;
    }

    private async Task<(OrderProgress Progress, TimeSpan Wait)> CheckAsync(
        string @namespace, OrderProgress progress, OrderStep.SelfCheck check, CancellationToken stopping)
    {
        var wait = TimeSpan.Zero;
        foreach (var challenge in check.Challenges)
        {
            var missing = await solvers.Of(challenge).CheckAsync(@namespace, challenge, stopping);
            var (judged, pause) = SelfCheckPolicy.For(challenge.Solver).Judge(challenge, missing, clock.GetUtcNow());
            progress = progress.With(judged);
            if (pause > wait) wait = pause;
        }

        return (progress, wait);
    }

    /// <summary>A challenge that the CA is looking at already is refused as malformed;
    /// what it thinks of it, the authorization tells.</summary>
    private async Task TriggerAsync(AcmeSession session, ChallengeProgress challenge, CancellationToken stopping)
    {
        try
        {
            await session.Client.TriggerChallengeAsync(session.Signer, challenge.Challenge, stopping);
        }
        catch (AcmeException refusal) when (refusal.Problem.Kind == "malformed")
        {
            CertificateLog.TriggerRefused(logger, challenge.Name, refusal.Problem.ToString());
        }
    }

    /// <returns>Null when the CA does not call the order ready yet.</returns>
    private static async Task<OrderView?> FinalizeAsync(
        AcmeSession session, StoredOrder order, OrderView view, Uri url, CancellationToken stopping)
    {
        if (!PrivateKey.TryRead(order.KeyPem, out var key))
            throw new BlockedException(
                "OrderUnreadable", "the key of the order under way cannot be read; delete its Secret, and a new order begins");

        using (key)
        {
            try
            {
                var reply = await session.Client.FinalizeAsync(
                    session.Signer, url, SigningRequest.Create(key!, order.Progress.Names), stopping);
                return view with { Order = reply.Value, RetryAt = reply.RetryAt };
            }
            catch (AcmeException refusal) when (refusal.Class == AcmeErrorClass.NotReadyYet)
            {
                return null;
            }
        }
    }
}
