using System.Globalization;
using System.Text;

namespace SstpClient.Probe.Reports;

/// <summary>The report for people: a line a step, and a last one that says what to make of it.</summary>
public static class ProbeReportText
{
    public static string Write(ProbeReport report)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{report.Host} port {report.Port}\n");
        foreach (var step in report.Steps)
        {
            var name = step.Step.ToString().ToLowerInvariant();
            text.Append(
                CultureInfo.InvariantCulture,
                $"  {name,-5}  {(step.Ok ? "ok" : "FAIL"),-4}  {step.Milliseconds,6:0} ms  {step.Detail}\n");
        }

        text.Append(report.Ok ? "All is well.\n" : $"Failed at {report.FailedStep.ToString()!.ToLowerInvariant()}.\n");
        return text.ToString();
    }
}
