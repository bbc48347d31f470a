using Operator.Local;
using Spectre.Console;

namespace Operator.Tests.Local;

public sealed class PlainLinesTests
{
    private static readonly StatusRow Starting = new("VpnGateway", "vpn/home", "False", "Starting", "not ready yet");

    private readonly PlainLines _lines = new(TextWriter.Null);

    [Fact]
    public void A_change_is_a_line_and_no_change_is_none()
    {
        Assert.Equal(["VpnGateway vpn/home: Ready=False Starting: not ready yet"], _lines.Changes([Starting]));
        Assert.Empty(_lines.Changes([Starting]));
        Assert.Equal(
            ["VpnGateway vpn/home: Ready=True Serving"],
            _lines.Changes([Starting with { Ready = "True", Reason = "Serving", Message = "" }]));
    }

    [Fact]
    public void What_is_gone_is_said_once()
    {
        _lines.Changes([Starting]);

        Assert.Equal(["VpnGateway vpn/home: deleted"], _lines.Changes([]));
        Assert.Empty(_lines.Changes([]));
    }

    [Fact]
    public void The_table_shows_what_users_wrote_as_they_wrote_it()
    {
        using var text = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(text) });
        console.Profile.Width = 120;
        console.Write(LiveTable.Picture([Starting with { Message = "[red]no markup[/]" }], ["a line [0] of the log"]));

        Assert.Contains("[red]no markup[/]", text.ToString(), StringComparison.Ordinal);
        Assert.Contains("a line [0] of the log", text.ToString(), StringComparison.Ordinal);
    }
}
