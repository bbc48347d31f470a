using System.Globalization;
using System.Text;

namespace Bench.Report;

/// <summary>One figure against the number of calls, as SVG: a line a server, medians of the rounds.
/// Both axes are logarithmic.</summary>
/// <param name="Measure">The middle is the number of calls, as in <c>load.50.mbit</c>; this is the end.</param>
/// <param name="Title">What is plotted, with the unit.</param>
internal sealed record LoadPlot(string Measure, string Title)
{
    private const int Width = 640, Height = 360, Left = 70, Right = 20, Top = 40, Bottom = 50;

    private static readonly string[] Colours = ["#0b6e4f", "#b5651d", "#3b5ba5", "#8e3b8e"];

    public static IReadOnlyList<LoadPlot> All { get; } =
    [
        new("mbit", "echoes of 1400 B over all calls, Mbit/s each way"),
        new("cpu", "server CPU, s/GB each way"),
        new("memory", "server memory a call, KiB"),
        new("rss", "server RSS growth, MiB"),
    ];

    /// <summary>The picture; null when there are not two points of any server.</summary>
    public string? Draw(IReadOnlyList<Sample> samples)
    {
        var lines = samples.Select(sample => sample.Server).Distinct()
            .Select(server => (Server: server, Points: Points(samples, server)))
            .Where(line => line.Points.Count > 1).ToList();
        if (lines.Count == 0) return null;

        var x = Axis.Around(lines.SelectMany(line => line.Points.Select(point => (double)point.Calls)), Left, Width - Right);
        var y = Axis.Around(lines.SelectMany(line => line.Points.Select(point => point.Value)), Height - Bottom, Top);
        var svg = new StringBuilder();
        svg.Append(
            CultureInfo.InvariantCulture,
            $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {Height}\" "
            + $"font-family=\"sans-serif\" font-size=\"12\">\n");
        svg.Append(
            CultureInfo.InvariantCulture,
            $"<rect width=\"{Width}\" height=\"{Height}\" fill=\"#fff\"/>\n"
            + $"<text x=\"{Left}\" y=\"24\" font-size=\"15\">{Title}</text>\n");
        foreach (var tick in x.Ticks)
            svg.Append(
                CultureInfo.InvariantCulture,
                $"<path d=\"M{x.At(tick):0.#} {Top}V{Height - Bottom}\" stroke=\"#ddd\"/><text x=\"{x.At(tick):0.#}\" "
                + $"y=\"{Height - 30}\" text-anchor=\"middle\">{tick:#,0.###}</text>\n");
        foreach (var tick in y.Ticks)
            svg.Append(
                CultureInfo.InvariantCulture,
                $"<path d=\"M{Left} {y.At(tick):0.#}H{Width - Right}\" stroke=\"#ddd\"/><text x=\"{Left - 6}\" "
                + $"y=\"{y.At(tick) + 4:0.#}\" text-anchor=\"end\">{tick:#,0.###}</text>\n");
        svg.Append(
            CultureInfo.InvariantCulture,
            $"<text x=\"{(Width + Left) / 2}\" y=\"{Height - 10}\" text-anchor=\"middle\">calls</text>\n");
        for (var i = 0; i < lines.Count; i++)
        {
            var colour = Colours[i % Colours.Length];
            var path = string.Join(' ', lines[i].Points.Select(
                point => string.Create(CultureInfo.InvariantCulture, $"{x.At(point.Calls):0.#},{y.At(point.Value):0.#}")));
            svg.Append(
                CultureInfo.InvariantCulture,
                $"<polyline points=\"{path}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\"/>\n");
            foreach (var (calls, value) in lines[i].Points)
                svg.Append(
                    CultureInfo.InvariantCulture,
                    $"<circle cx=\"{x.At(calls):0.#}\" cy=\"{y.At(value):0.#}\" r=\"3.5\" fill=\"{colour}\"><title>{calls} "
                    + $"calls: {value:#,0.##}</title></circle>\n");
            svg.Append(
                CultureInfo.InvariantCulture,
                $"<text x=\"{Width - Right}\" y=\"{24 + (i * 14)}\" text-anchor=\"end\" "
                + $"fill=\"{colour}\">{lines[i].Server}</text>\n");
        }

        return svg.Append("</svg>\n").ToString();
    }

    private List<(int Calls, double Value)> Points(IReadOnlyList<Sample> samples, string server) =>
        [.. Bench.Report.Measure.Loads
            .Select(calls => (calls, Values: samples
                .Where(sample => sample.Server == server && sample.Measure == $"load.{calls}.{Measure}")
                .Select(sample => sample.Value)
                .Order()
                .ToList()))
            .Where(point => point.Values.Count > 0 && point.Values[point.Values.Count / 2] > 0)
            .Select(point => (point.calls, point.Values[point.Values.Count / 2]))];

    /// <summary>A logarithmic scale over whole powers of ten, from one place of the picture to another.</summary>
    private sealed record Axis(double First, double Last, double From, double To)
    {
        public IEnumerable<double> Ticks =>
            Enumerable.Range((int)First, (int)(Last - First) + 1).Select(power => Math.Pow(10, power));

        public static Axis Around(IEnumerable<double> values, double from, double to)
        {
            var all = values.ToList();
            var first = Math.Floor(Math.Log10(all.Min()));
            return new Axis(first, Math.Max(first + 1, Math.Ceiling(Math.Log10(all.Max()))), from, to);
        }

        public double At(double value) => From + ((To - From) * (Math.Log10(value) - First) / (Last - First));
    }
}
