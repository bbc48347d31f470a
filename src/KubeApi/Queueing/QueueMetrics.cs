using System.Diagnostics.Metrics;

namespace KubeApi.Queueing;

/// <summary>What queues count; one for all queues of a program, which are told apart by their name.</summary>
public sealed class QueueMetrics
{
    public const string MeterName = "KubeApi.Queueing";

    private const string Queue = "queue";

    private static readonly double[] SecondsOfWaiting = [0.001, 0.01, 0.1, 0.5, 1, 5, 30, 120, 600];

    private readonly Meter _meter;
    private readonly Counter<long> _added;
    private readonly Counter<long> _retried;
    private readonly Histogram<double> _waited;

    public QueueMetrics(IMeterFactory meters)
    {
        _meter = meters.Create(MeterName);
        _added = _meter.CreateCounter<long>(
            "kubeapi.queue.added", "{key}", "Keys that were put into the queue; one that waits already is not counted again.");
        _retried = _meter.CreateCounter<long>("kubeapi.queue.retries", "{key}", "Keys put back after a failure.");
        _waited = _meter.CreateHistogram(
            "kubeapi.queue.wait",
            "s",
            "From a key being due until a worker took it.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = SecondsOfWaiting });
    }

    internal void Added(string queue) => _added.Add(1, new KeyValuePair<string, object?>(Queue, queue));

    internal void Retried(string queue) => _retried.Add(1, new KeyValuePair<string, object?>(Queue, queue));

    internal void Waited(string queue, TimeSpan time) =>
        _waited.Record(time.TotalSeconds, new KeyValuePair<string, object?>(Queue, queue));

    internal void Observe(string queue, Func<int> depth, Func<TimeSpan> oldest)
    {
        var tag = new KeyValuePair<string, object?>(Queue, queue);
        _meter.CreateObservableGauge(
            "kubeapi.queue.depth", () => new Measurement<int>(depth(), tag), "{key}", "Keys that wait for a worker.");
        _meter.CreateObservableGauge(
            "kubeapi.queue.oldest",
            () => new Measurement<double>(oldest().TotalSeconds, tag),
            "s",
            "How long the first in line has waited.");
    }
}
