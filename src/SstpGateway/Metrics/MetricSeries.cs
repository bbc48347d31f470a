
namespace SstpGateway.Metrics;

/// <summary>One instrument with one set of tags: its sum or last value, and its buckets when it is a histogram.</summary>
/// <param name="labels">As they are written between the braces; empty without tags.</param>
/// <param name="boundaries">Upper bounds of the buckets, ascending; empty for anything but a histogram.</param>
internal sealed class MetricSeries(string labels, IReadOnlyList<double> boundaries)
{
    private readonly Lock changing = new();
    private readonly long[] buckets = new long[boundaries.Count];
    private double value;
    private long count;

    public string Labels { get; } = labels;

    public void Add(double amount)
    {
        lock (changing) value += amount;
    }

    public void Set(double current)
    {
        lock (changing) value = current;
    }

    public void Record(double measured)
    {
        lock (changing)
        {
            value += measured;
            count++;
            for (var i = 0; i < buckets.Length; i++)
            {
                if (measured <= boundaries[i]) buckets[i]++;
            }
        }
    }

    /// <returns>Sum or value, number of measurements, and the cumulative buckets, all of one moment.</returns>
    public (double Value, long Count, long[] Buckets) Read()
    {
        lock (changing) return (value, count, [.. buckets]);
    }
}
