using Bench.Report;

if (args is not [var samples, var report])
{
    Console.Error.WriteLine("usage: bench-report SAMPLES.jsonl REPORT.md");
    return 64;
}

var run = BenchRun.Read(File.ReadLines(samples));
var comparison = OffloadComparison.Of(run.Offloads);
File.WriteAllText(report, MarkdownReport.Write(run, comparison));
foreach (var plot in LoadPlot.All)
{
    if (plot.Draw(run.Samples) is { } picture)
        File.WriteAllText(Path.ChangeExtension(report, null) + $"-{plot.Measure}.svg", picture);
}

foreach (var server in comparison.Refused)
    Console.Error.WriteLine($"bench-report: {server} is not compared: its interface offloads differed");
return comparison.Refused.Count == 0 ? 0 : 3;
