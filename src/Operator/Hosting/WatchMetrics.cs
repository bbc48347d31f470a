using System.Diagnostics.Metrics;
using Operator.Reconciling;

namespace Operator.Hosting;

/// <summary>What the watches and the election say about themselves when somebody asks.</summary>
internal sealed class WatchMetrics
{
    public const string MeterName = "Operator.Watches";

    public WatchMetrics(IMeterFactory meters, Watches watches, Func<bool> isLeading)
    {
        var meter = meters.Create(MeterName);
        meter.CreateObservableGauge(
            "operator.watch.idle",
            () => watches.Health.Select(watch => new Measurement<double>(watch.Idle.TotalSeconds, Tags(watch))),
            "s", "Since the last sign of life of a watch.");
        meter.CreateObservableCounter(
            "operator.watch.restarts", () => watches.Health.Select(watch => new Measurement<long>(watch.Restarts, Tags(watch))),
            "{restart}", "How often a watch was begun again.");
        meter.CreateObservableGauge("operator.leading", () => isLeading() ? 1 : 0, null, "1 while this replica leads.");
    }

    private static KeyValuePair<string, object?>[] Tags(WatchHealth watch) =>
        [new("resource", watch.Resource), new("scope", watch.Scope)];
}
