using System.Diagnostics.Metrics;

namespace Operator.Reconciling;

/// <summary>What all reconcilers count.</summary>
public sealed class ReconcileMetrics
{
    public const string MeterName = "Operator.Reconciling";

    private static readonly double[] Seconds = [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10, 30, 60];

    private readonly Counter<long> _passes;
    private readonly Counter<long> _statusWrites;
    private readonly Histogram<double> _duration;

    public ReconcileMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _passes = meter.CreateCounter<long>(
            "operator.reconcile.passes", "{pass}", "Passes, by kind and result (done, failed, stalled, deleted).");
        _statusWrites = meter.CreateCounter<long>(
            "operator.status.writes", "{write}",
            "Status written, by kind. Rising although no resource changes means a hot loop.");
        _duration = meter.CreateHistogram(
            "operator.reconcile.duration", "s", "Time a pass takes, by kind.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = Seconds });
    }

    public void Passed(string kind, string result, TimeSpan duration)
    {
        _passes.Add(1, new KeyValuePair<string, object?>("kind", kind), new KeyValuePair<string, object?>("result", result));
        _duration.Record(duration.TotalSeconds, new KeyValuePair<string, object?>("kind", kind));
    }

    public void StatusWritten(string kind) => _statusWrites.Add(1, new KeyValuePair<string, object?>("kind", kind));
}
