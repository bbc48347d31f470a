
namespace PrometheusText;

/// <summary>One instrument with one set of tags: its sum or last value, and its buckets when it is a histogram.</summary>
/// <param name="labels">As they are written between the braces; empty without tags.</param>
/// <param name="boundaries">Upper bounds of the buckets, ascending; empty for anything but a histogram.</param>
internal sealed class MetricSeries(string labels, IReadOnlyList<double> boundaries)
{
    private readonly Lock _changing = new();
    private readonly long[] _buckets = new long[boundaries.Count];
    private double _value;
    private long _count;

    public string Labels { get; } = labels;

    public void Add(double amount)
    {
        lock (_changing) _value += amount;
    }

    public void Set(double current)
    {
        lock (_changing) _value = current;
    }

    public void Record(double measured)
    {
        lock (_changing)
        {
            _value += measured;
            _count++;
            for (var i = 0; i < _buckets.Length; i++)
            {
                if (measured <= boundaries[i]) _buckets[i]++;
            }
        }
    }

    /// <returns>Sum or value, number of measurements, and the cumulative buckets, all of one moment.</returns>
    public (double Value, long Count, long[] Buckets) Read()
    {
        lock (_changing) return (_value, _count, [.. _buckets]);
    }
}
