using System.Globalization;

namespace Bench.Report;

/// <summary>The middle and the ends of a set of measurements.</summary>
internal readonly record struct Spread(double Median, double Least, double Most, int Count)
{
    public static Spread Of(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        if (sorted.Length == 0)
            throw new ArgumentException("a spread of no values", nameof(values));

        var middle = sorted.Length / 2;
        var median = sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Spread(median, sorted[0], sorted[^1], sorted.Length);
    }

    /// <summary>"median (least to most)"; the median alone when it is a single measurement.</summary>
    public override string ToString() =>
        Count == 1 ? Text(Median) : $"{Text(Median)} ({Text(Least)} to {Text(Most)})";

    /// <summary>Three significant digits or so: more would claim a precision that a run does not have.</summary>
    private static string Text(double value) =>
        value.ToString(Math.Abs(value) >= 100 ? "N0" : Math.Abs(value) >= 10 ? "0.#" : "0.##", CultureInfo.InvariantCulture);
}
