using System.Collections.Immutable;
using System.Security.Cryptography.X509Certificates;
using KubeApi.Objects;
using Operator.Dns.Failover;
using Operator.Resources.DdnsRecords;

namespace Operator.Dns.Records;

/// <summary>The fail-over of one record's pass: keeps its monitor going, and asks the plan.</summary>
public sealed class FailoverDriver(IRecordWorld world, TargetEye eye, TimeProvider time)
{
    /// <summary>A target of a record has turned, so that a pass is due.</summary>
    public event Action<ObjectKey>? Woken;

    public async Task<FailoverRun> RunAsync(
        RecordPass pass, RecordFailover failover, DdnsRecordStatus? status, CancellationToken stopping)
    {
        var (ns, spec, memory) = (pass.Namespace, pass.Spec, pass.Memory);
        var now = time.GetUtcNow();
        var addresses = failover.Targets.ToImmutableSortedDictionary(
            target => target.Name, target => Addresses(ns, spec, target));
        var before = (status?.Targets ?? []).ToDictionary(target => target.Name);
        await MonitorAsync(pass, failover, addresses, before, stopping);

        var targets = failover.Targets.Select(target => new TargetState(
            target.Name, target.Priority, before.GetValueOrDefault(target.Name)?.Active == true, addresses[target.Name],
            memory.Monitor!.Find(target.Name))).ToArray();

        // A person who asks is how a fail-back by hand is done.
        var rules = new FailoverRules(
            failover.Mode, failover.HoldDown, failover.FailBack == FailBack.Automatic || pass.IsRequested, failover.AllDown);
        var choice = FailoverPlan.Choose(targets, rules, status?.LastSwitch, now);
        var health = targets.Select(target => new TargetHealth
        {
            Name = target.Name,
            Healthy = target.Counts.Health switch
            {
                true => Resources.ConditionStatus.True,
                false => Resources.ConditionStatus.False,
                _ => Resources.ConditionStatus.Unknown,
            },
            Active = choice.Active.Contains(target.Name),
            Addresses = target.Addresses.Texts,
            Message = Short(target.Counts.Message),
            Since = DateTimeOffset.FromUnixTimeSeconds(target.Counts.Since.ToUnixTimeSeconds()),
        });
        var unseen = targets.FirstOrDefault(target => target.Counts.Unseen >= failover.Check.Fall);
        return new FailoverRun(
            choice,
            new AddressSet(choice.Active.SelectMany(name => addresses[name].All)),
            [.. health],
            unseen is null ? null : $"{unseen.Name}: {unseen.Counts.Message}");
    }

    // What the status takes.
    private static string Short(string message) => message.Length <= 512 ? message : message[..511] + "…";

    private AddressSet Addresses(string ns, DdnsRecordSpec spec, FailoverTarget target)
    {
        var v4 = spec.RecordTypes.Contains(RecordType.A);
        var v6 = spec.RecordTypes.Contains(RecordType.AAAA);
        if (target.Addresses is { } given) return AddressSet.Parse(given).Only(v4, v6);

        NodeAddressType[] types = [NodeAddressType.ExternalIP, NodeAddressType.InternalIP];
        var ready = world.GatewayAddresses(ns, target.VpnGatewayName ?? "", types, onlyReady: true).Only(v4, v6);
        return ready.IsEmpty
            ? world.GatewayAddresses(ns, target.VpnGatewayName ?? "", types, onlyReady: false).Only(v4, v6)
            : ready;
    }

    private async Task MonitorAsync(
        RecordPass pass, RecordFailover failover, ImmutableSortedDictionary<string, AddressSet> addresses,
        Dictionary<string, TargetHealth> before,
        CancellationToken stopping)
    {
        var (ns, spec, memory) = (pass.Namespace, pass.Spec, pass.Memory);
        var check = failover.Check;
        var targets = failover.Targets.ToImmutableSortedDictionary(
            target => target.Name,
            target => new MonitorTarget(
                addresses[target.Name].All, [.. check.Vantages.Where(vantage => vantage != target.VpnGatewayName)]));
        if (memory.Monitor is { } running)
        {
            running.Change(running.Plan with { Targets = targets });
            return;
        }

        var plan = new ProbePlan(
            check.Kind, check.Port, check.ServerName ?? spec.Fqdn, check.Timeout, check.MinimumCertificateLifetime,
            await AuthoritiesAsync(ns, check, stopping));
        var known = before.Values.Where(target => target.Healthy != Resources.ConditionStatus.Unknown).ToDictionary(
            target => target.Name,
            target => new TargetCounts(
                target.Healthy == Resources.ConditionStatus.True,
                0,
                target.Healthy == Resources.ConditionStatus.True,
                target.Since ?? time.GetUtcNow(),
                target.Message ?? ""));
        memory.Monitor = new TargetMonitor(
            eye, new MonitorPlan(ns, targets, plan, check.Interval, check.Rise, check.Fall, check.Quorum),
            known, () => Woken?.Invoke(pass.Key), time);
    }

    private async Task<ImmutableArray<X509Certificate2>> AuthoritiesAsync(
        string ns, HealthCheck check, CancellationToken stopping)
    {
        if (check.TrustBundle is not { } reference) return [];

        var pem = await world.FindConfigMapAsync(ns, reference, stopping)
            ?? throw new SecretMissingException(
                $"The ConfigMap {reference.Name} has no key {reference.Key}, which spec.failover.check.trustBundle names.");
        var authorities = new X509Certificate2Collection();
        authorities.ImportFromPem(pem);
        return [.. authorities];
    }
}
