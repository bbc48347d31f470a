using System.Xml.Linq;
using Bench.Report;

namespace BenchReport.Tests;

public sealed class LoadPlotTests
{
    private static readonly LoadPlot Plot = new("mbit", "Mbit/s");

    [Fact]
    public void Draws_a_point_for_each_load_at_the_median_of_its_rounds()
    {
        var svg = Plot.Draw(
        [
            new Sample("a", "load.1.mbit", 100), new Sample("a", "load.1.mbit", 300), new Sample("a", "load.1.mbit", 200),
            new Sample("a", "load.50.mbit", 1000),
            new Sample("a", "load.50.cpu", 7),
        ]);

        var titles = XDocument.Parse(svg!).Descendants("{http://www.w3.org/2000/svg}title").Select(title => title.Value);
        Assert.Equal(["1 calls: 200", "50 calls: 1,000"], titles);
    }

    [Fact]
    public void Stays_inside_the_picture()
    {
        var svg = XDocument.Parse(Plot.Draw([new Sample("a", "load.1.mbit", 0.02), new Sample("a", "load.5000.mbit", 98_000)])!);
        foreach (var circle in svg.Descendants("{http://www.w3.org/2000/svg}circle"))
        {
            Assert.InRange((double)circle.Attribute("cx")!, 70, 620);
            Assert.InRange((double)circle.Attribute("cy")!, 40, 310);
        }
    }

    [Fact]
    public void Draws_nothing_from_less_than_two_points() =>
        Assert.Null(Plot.Draw([new Sample("a", "load.1.mbit", 5), new Sample("b", "down1.mbit", 5)]));
}
