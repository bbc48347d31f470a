using Bench.Report;

namespace BenchReport.Tests;

public sealed class MarkdownReportTests
{
    private static readonly string[] Lines =
    [
        """{"kind":"fact","server":"machine","name":"kernel","text":"6.1"}""",
        """{"kind":"absent","server":"softether","text":"SOFTETHER_DIR is not set"}""",
        """{"kind":"offloads","server":"a","round":1,"when":"before","digest":"on"}""",
        """{"kind":"offloads","server":"a","round":1,"when":"after","digest":"on"}""",
        """{"kind":"offloads","server":"b","round":1,"when":"before","digest":"on"}""",
        """{"kind":"sample","server":"a","round":1,"measure":"down1.mbit","value":100}""",
        """{"kind":"sample","server":"a","round":2,"measure":"down1.mbit","value":300}""",
        """{"kind":"sample","server":"b","round":1,"measure":"down1.mbit","value":50}""",
        """{"kind":"sample","server":"b","round":1,"measure":"calls.p99","value":null}""",
    ];

    [Fact]
    public void Puts_servers_beside_each_other_with_median_and_spread() =>
        Assert.Contains("| TCP down, 1 call, Mbit/s | 200 (100 to 300) | 50 |", Written(Lines), StringComparison.Ordinal);

    [Fact]
    public void Leaves_out_rows_that_nobody_measured() =>
        Assert.DoesNotContain("time to set up a call", Written(Lines), StringComparison.Ordinal);

    [Fact]
    public void Says_plainly_which_server_is_absent_and_why() =>
        Assert.Contains("- softether: not measured, because SOFTETHER_DIR is not set", Written(Lines), StringComparison.Ordinal);

    [Fact]
    public void Leaves_a_server_with_other_offloads_out_of_the_table()
    {
        var text = Written([.. Lines, """{"kind":"offloads","server":"b","round":1,"when":"after","digest":"off"}"""]);

        Assert.Contains("| measure | a |", text, StringComparison.Ordinal);
        Assert.Contains("- b: measured, but interface offloads differed", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_a_line_that_the_scripts_do_not_write() =>
        Assert.Throws<InvalidDataException>(() => BenchRun.Read(["""{"kind":"guess","server":"a"}"""]));

    private static string Written(string[] lines)
    {
        var run = BenchRun.Read(lines);
        return MarkdownReport.Write(run, OffloadComparison.Of(run.Offloads));
    }
}
