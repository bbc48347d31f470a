using KubectlSstp.Output;
using Spectre.Console;

namespace KubectlSstp.Tests.Output;

public class ReportTests
{
    [Fact]
    public void Piped_it_is_plain_columns_and_nothing_is_cut()
    {
        var report = new Report("NAME", "WHAT");
        report.Add(new Cell("a", "green"), new string('x', 300));
        report.Add("longer", "y");

        Assert.Equal($"NAME     WHAT\na        {new string('x', 300)}\nlonger   y\n", report.ToText());
    }

    [Fact]
    public void What_could_steer_a_terminal_is_shown_and_not_obeyed()
    {
        var report = new Report("CLIENT");
        report.Add("\u001b[2Jhello\r\u202Eolleh");

        Assert.Equal("CLIENT\n\\u001B[2Jhello\\u000D\\u202Eolleh\n", report.ToText());
    }

    [Fact]
    public void Brackets_of_a_name_are_no_markup()
    {
        var report = new Report("A[B]");
        report.Add("[red]x[/]");

        Assert.Single(report.ToTable().Rows);
    }

    [Theory]
    [InlineData(60, "CHECK +port")]
    [InlineData(140, "CHECK +FOUND +WHAT TO DO")]
    public void On_a_narrow_terminal_each_row_is_a_block_of_its_own(int width, string shown)
    {
        var report = new Report("CHECK", "", "FOUND", "WHAT TO DO");
        report.Add(
            "port",
            new Cell("problem", "red"),
            "203.0.113.10: no answer; a firewall may drop port 443",
            "Something drops the packets: a firewall on the way, or a router that forwards to a host that is not there.");
        report.Add("clock", new Cell("good", "green"), "This machine and the cluster agree on the time.", "");
        using var text = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors, Out = new AnsiConsoleOutput(text),
        });
        console.Profile.Width = width;

        report.Write(console);

        Assert.Matches(shown, text.ToString());
        Assert.All(text.ToString().Split('\n'), line => Assert.True(line.TrimEnd().Length <= width, line));
        Assert.All(["problem", "forwards", "agree"], word => Assert.Contains(word, text.ToString(), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(5, "5s")]
    [InlineData(119, "119s")]
    [InlineData(120, "2m")]
    [InlineData(7200, "2h")]
    [InlineData(172_800, "2d")]
    [InlineData(-3, "0s")]
    public void Ages_are_as_kubectl_writes_them(int seconds, string text) =>
        Assert.Equal(text, Words.Age(TimeSpan.FromSeconds(seconds)));

    [Theory]
    [InlineData(0, "0 B")]
    [InlineData(1536, "1.5 KiB")]
    [InlineData(1L << 40, "1 TiB")]
    public void Sizes(double bytes, string text) => Assert.Equal(text, Words.Bytes(bytes));
}
