using KubeApi.Events;
using KubeApi.Objects;
using Operator.Gateways.Planning;
using Operator.Reconciling;
using Operator.Resources;
using Operator.Resources.VpnGateways;

namespace Operator.Gateways;

/// <summary>VpnGateways: gather, plan, apply.</summary>
internal sealed class GatewayReconciler(
    ChannelSecrets channel, GatewayGatherer gatherer, GatewayApplier applier,
    IEventRecorder events) : IReconciler<VpnGateway, VpnGatewayStatus>
{
    /// <summary>Between a push and the report that confirms it.</summary>
    private static readonly TimeSpan AfterPush = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan WhileDraining = TimeSpan.FromSeconds(5);

    public string? Finalizer => GatewayNames.Finalizer;

    public async Task<Reconciled<VpnGatewayStatus>> ReconcileAsync(Pass<VpnGateway> pass, CancellationToken stopping)
    {
        if (!pass.IsPaused) await channel.EnsureAsync(pass.Resource.Value, stopping).ConfigureAwait(false);

        var facts = await gatherer.GatherAsync(pass.Resource, stopping).ConfigureAwait(false);
        var plan = GatewayPlanner.Plan(facts);
        var hasPushed = await applier.ApplyAsync(pass.Resource, plan, facts, stopping).ConfigureAwait(false);
        Report(pass.Resource, plan);
        return new Reconciled<VpnGatewayStatus>(plan.Status, hasPushed ? AfterPush : plan.LookAgainAfter);
    }

    public async Task<CleanUp> CleanUpAsync(Pass<VpnGateway> pass, CancellationToken stopping)
    {
        var plan = GatewayPlanner.Plan(await gatherer.GatherAsync(pass.Resource, stopping).ConfigureAwait(false));
        await applier.DeleteAsync(pass.Resource, plan, stopping).ConfigureAwait(false);
        Report(pass.Resource, plan);
        return plan.ReleaseFinalizer
            ? CleanUp.Done
            : CleanUp.Later(plan.LookAgainAfter ?? WhileDraining, "calls to end and pods to go", plan.Status);
    }

    public void Forget(ObjectKey key)
    {
        // Channels go with their pods, and all else is in the caches.
    }

    private void Report(KubeObject<VpnGateway> resource, GatewayPlan plan)
    {
        foreach (var happened in plan.Events)
            events.Record(
                Kinds.VpnGateways, resource.Metadata, happened.IsWarning ? EventType.Warning : EventType.Normal,
                happened.Reason, "Reconcile", happened.Note);
    }
}
