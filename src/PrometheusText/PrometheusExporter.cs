using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Text;

namespace PrometheusText;

/// <summary>Collects what a program's meters measure, and writes it as Prometheus text (exposition format 0.0.4).</summary>
public sealed class PrometheusExporter : IDisposable
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    /// <summary>Meter of the runtime itself: processor time, memory, garbage collection, threads.</summary>
    private const string RuntimeMeter = "System.Runtime";

    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<Instrument, MetricFamily> _families = new();
    private readonly Lock _scraping = new();

    /// <param name="collects">Which meters to collect; those of the runtime come on top.</param>
    public PrometheusExporter(Func<Meter, bool> collects)
    {
        _listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Meter.Name != RuntimeMeter && !collects(instrument.Meter)) return;
            self.EnableMeasurementEvents(instrument, _families.GetOrAdd(instrument, MetricFamily.For));
        };
        _listener.SetMeasurementEventCallback<int>((_, value, tags, state) => Measured(value, tags, state));
        _listener.SetMeasurementEventCallback<long>((_, value, tags, state) => Measured(value, tags, state));
        _listener.SetMeasurementEventCallback<double>((_, value, tags, state) => Measured(value, tags, state));
        _listener.Start();
    }

    /// <summary>
    /// Asks the observable instruments and writes everything, families in the order of their names. One that has measured nothing
    /// yet is named all the same, so that its name can be looked for before anything went wrong.
    /// </summary>
    public string Scrape()
    {
        lock (_scraping)
        {
            // A series that an observable instrument no longer reports must go, not stay at its last value.
            foreach (var family in _families.Values) family.Forget();
            _listener.RecordObservableInstruments();

            var text = new StringBuilder();
            // Several instruments may share a name and differ in their tags, one for each queue; the format wants them together.
            foreach (var families in _families.Values.GroupBy(family => family.Name)
                .OrderBy(group => group.Key, StringComparer.Ordinal))
            {
                families.First().WriteHead(text);
                foreach (var family in families) family.WriteSeries(text);
            }
            return text.ToString();
        }
    }

    public void Dispose() => _listener.Dispose();

    private static void Measured(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags, object? state) =>
        ((MetricFamily)state!).Measured(value, tags);
}
