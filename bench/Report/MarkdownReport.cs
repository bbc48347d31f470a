using System.Text;

namespace Bench.Report;

/// <summary>The page a person reads: where it ran, the table, what was left out and what the rows mean.</summary>
internal static class MarkdownReport
{
    private const string Machine = "machine";

    private const string Legend = """
        ## How to read it

        - Cells are the median of the rounds, with the least and the most in brackets. "none" is the same path without a VPN.
        - Transfers are one `iperf3` TCP connection a call, from the client through the tunnel and the server to a host behind
          it. Client, server and both ends of `iperf3` share the processors, so these are figures for a whole machine.
        - CPU is the user and system time that the server's (or the clients') processes and their children used, per 10^9 bytes
          delivered. Work that the kernel does in interrupts is not in it.
        - Pings are sent every 20 ms through the first call, while the transfer runs.
        - Calls are set up a number at a time; the time of one ends when its tunnel device has an address. For servers whose
          client is one process a call, starting that process is part of it.
        - Memory is the growth of the anonymous and shared memory of all server processes (pages that several of them share are
          counted once), divided by the calls that are up and idle.
        - Interface offloads were the same for all servers in the table, before and after each was measured.
        """;

    public static string Write(BenchRun run, OffloadComparison comparison)
    {
        string[] servers = [.. run.Samples.Select(s => s.Server).Distinct().Except(comparison.Refused)];
        var text = new StringBuilder("# Measurements beside other servers\n\n");
        foreach (var fact in run.Facts.Where(f => f.Server == Machine))
            text.Append($"- {fact.Name}: {fact.Text}\n");

        AppendTable(text, run.Samples, servers);
        AppendWhatIsMissing(text, run.Absences, comparison);
        text.Append("\n## What was measured\n\n");
        foreach (var fact in run.Facts.Where(f => f.Server != Machine))
            text.Append($"- {fact.Server}, {fact.Name}: {fact.Text}\n");
        return text.Append('\n').Append(Legend.ReplaceLineEndings("\n")).Append('\n').ToString();
    }

    private static void AppendTable(StringBuilder text, IReadOnlyList<Sample> samples, string[] servers)
    {
        var values = samples.ToLookup(s => (s.Server, s.Measure), s => s.Value);
        text.Append($"\n| measure | {string.Join(" | ", servers)} |\n|---|{string.Concat(servers.Select(_ => "---|"))}\n");
        foreach (var measure in Measure.All.Where(m => samples.Any(s => s.Measure == m.Key)))
        {
            text.Append($"| {measure.Title} |");
            foreach (var server in servers)
                text.Append($" {Cell(values[(server, measure.Key)])} |");
            text.Append('\n');
        }
    }

    private static string Cell(IEnumerable<double> values) => values.Any() ? Spread.Of(values).ToString() : "-";

    private static void AppendWhatIsMissing(StringBuilder text, IReadOnlyList<Absence> absences, OffloadComparison comparison)
    {
        if (absences.Count + comparison.Refused.Count == 0)
            return;

        text.Append("\n## Not in the table\n\n");
        foreach (var absence in absences)
            text.Append($"- {absence.Server}: not measured, because {absence.Reason}\n");
        foreach (var server in comparison.Refused)
            text.Append($"- {server}: measured, but interface offloads differed before or after it, so it is not compared\n");
    }
}
