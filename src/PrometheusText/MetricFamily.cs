using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace PrometheusText;

/// <summary>All series of one instrument.</summary>
internal sealed class MetricFamily
{
    // For histograms that say nothing of their own: the boundaries that OpenTelemetry's specification gives for seconds.
    private static readonly double[] DefaultBoundaries =
        [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10];

    private readonly ConcurrentDictionary<string, MetricSeries> _series = new();
    private readonly MetricKind _kind;
    private readonly bool _isObservable;
    private readonly string _description;
    private readonly IReadOnlyList<double> _boundaries;

    private MetricFamily(Instrument instrument, MetricKind kind, IReadOnlyList<double> boundaries)
    {
        _kind = kind;
        _boundaries = boundaries;
        _isObservable = instrument.IsObservable;
        _description = instrument.Description ?? "";
        Name = MetricName.Of(instrument.Name, instrument.Unit, kind == MetricKind.Counter);
    }

    public string Name { get; }

    public static MetricFamily For(Instrument instrument) => instrument switch
    {
        Histogram<double> histogram =>
            new(instrument, MetricKind.Histogram, histogram.Advice?.HistogramBucketBoundaries ?? DefaultBoundaries),
        Counter<long> or ObservableCounter<long> or ObservableCounter<double> => new(instrument, MetricKind.Counter, []),
        _ => new(instrument, MetricKind.Gauge, []),
    };

    public void Measured(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var labels = Labels(tags);
        var one = _series.GetOrAdd(labels, static (text, bounds) => new MetricSeries(text, bounds), _boundaries);
        if (_kind == MetricKind.Histogram) one.Record(value);
        else if (_isObservable) one.Set(value);
        else one.Add(value);
    }

    /// <summary>Drops what an observable instrument said last; the sums of the others stay.</summary>
    public void Forget()
    {
        if (_isObservable) _series.Clear();
    }

    public void WriteHead(StringBuilder text) =>
        text.Append(CultureInfo.InvariantCulture, $"# HELP {Name} {Escape(_description)}\n# TYPE {Name} {Word(_kind)}\n");

    public void WriteSeries(StringBuilder text)
    {
        foreach (var one in _series.Values.OrderBy(one => one.Labels, StringComparer.Ordinal))
        {
            var (value, count, buckets) = one.Read();
            if (_kind != MetricKind.Histogram)
            {
                text.Append(CultureInfo.InvariantCulture, $"{Name}{Braced(one.Labels)} {Number(value)}\n");
                continue;
            }

            var before = one.Labels.Length == 0 ? "" : $"{one.Labels},";
            for (var i = 0; i < buckets.Length; i++)
                text.Append(
                    CultureInfo.InvariantCulture, $"{Name}_bucket{{{before}le=\"{Number(_boundaries[i])}\"}} {buckets[i]}\n");
            text.Append(CultureInfo.InvariantCulture, $"{Name}_bucket{{{before}le=\"+Inf\"}} {count}\n");
            text.Append(
                CultureInfo.InvariantCulture,
                $"{Name}_sum{Braced(one.Labels)} {Number(value)}\n{Name}_count{Braced(one.Labels)} {count}\n");
        }
    }

    private static string Labels(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (tags.IsEmpty) return "";
        var sorted = tags.ToArray();
        Array.Sort(sorted, (left, right) => string.CompareOrdinal(left.Key, right.Key));
        return string.Join(',', sorted.Select(tag => $"{MetricName.Of(tag.Key, null, isCounter: false)}=\"{Quote(tag.Value)}\""));
    }

    private static string Quote(object? value) =>
        Escape(Convert.ToString(value, CultureInfo.InvariantCulture) ?? "").Replace("\"", "\\\"", StringComparison.Ordinal);

    private static string Escape(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);

    private static string Braced(string labels) => labels.Length == 0 ? "" : $"{{{labels}}}";

    private static string Number(double value) => value switch
    {
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        double.NaN => "NaN",
        _ => value.ToString("R", CultureInfo.InvariantCulture),
    };

    private static string Word(MetricKind kind) => kind switch
    {
        MetricKind.Counter => "counter",
        MetricKind.Histogram => "histogram",
        _ => "gauge",
    };
}
