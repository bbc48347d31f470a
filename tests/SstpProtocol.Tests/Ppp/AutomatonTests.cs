using System.Diagnostics;
using SstpProtocol.Ppp;

namespace SstpProtocol.Tests.Ppp;

public sealed class AutomatonTests
{
    private static readonly Dictionary<string, PppEvent> Events = new()
    {
        ["Up"] = PppEvent.Up, ["Down"] = PppEvent.Down, ["Open"] = PppEvent.Open, ["Close"] = PppEvent.Close,
        ["TO+"] = PppEvent.TimeoutAgain, ["TO-"] = PppEvent.TimeoutLast,
        ["RCR+"] = PppEvent.RcrGood, ["RCR-"] = PppEvent.RcrBad, ["RCA"] = PppEvent.Rca, ["RCN"] = PppEvent.Rcn,
        ["RTR"] = PppEvent.Rtr, ["RTA"] = PppEvent.Rta, ["RUC"] = PppEvent.Ruc,
        ["RXJ+"] = PppEvent.RxjGood, ["RXJ-"] = PppEvent.RxjBad, ["RXR"] = PppEvent.Rxr,
    };

    // RFC 1661 4.2 numbers them; an enum that renumbered its members would go unnoticed if it were cast.
    private static readonly PppState[] States =
    [
        PppState.Initial, PppState.Starting, PppState.Closed, PppState.Stopped, PppState.Closing,
        PppState.Stopping, PppState.ReqSent, PppState.AckRcvd, PppState.AckSent, PppState.Opened,
    ];

    private static readonly Dictionary<string, PppActions> Actions = new()
    {
        ["tlu"] = PppActions.Tlu, ["tld"] = PppActions.Tld, ["tls"] = PppActions.Tls, ["tlf"] = PppActions.Tlf,
        ["irc"] = PppActions.Irc, ["zrc"] = PppActions.Zrc,
        ["scr"] = PppActions.Scr, ["sca"] = PppActions.Sca, ["scn"] = PppActions.Scn,
        ["str"] = PppActions.Str, ["sta"] = PppActions.Sta, ["scj"] = PppActions.Scj, ["ser"] = PppActions.Ser,
    };

    public static TheoryData<string, int, string> Cells
    {
        get
        {
            var cells = new TheoryData<string, int, string>();
            foreach (var (happened, state, cell) in Rfc1661Table.Cells) cells.Add(happened, state, cell);
            return cells;
        }
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public void Does_in_every_state_on_every_event_what_the_table_of_RFC_1661_prints(string happened, int state, string cell)
    {
        if (cell == "-")
        {
            Assert.Throws<UnreachableException>(() => Automaton.Step(States[state], Events[happened]));
            return;
        }

        var parts = cell.TrimEnd('p', 'r', 'x').Split('/');
        var expected = parts.Length == 1 ? [] : parts[0].Split(',').Select(name => Actions[name]).ToArray();

        var (next, actions) = Automaton.Step(States[state], Events[happened]);

        Assert.Equal(States[int.Parse(parts[^1])], next);
        Assert.Equal(expected.Aggregate(PppActions.None, (all, action) => all | action), actions);
    }

    [Fact]
    public void The_data_file_holds_sixteen_events_in_ten_states()
    {
        Assert.Equal(160, Rfc1661Table.Cells.Distinct().Count());
        Assert.Equal(Events.Keys, Rfc1661Table.Cells.Select(cell => cell.Event).Distinct());
        Assert.Equal(Enumerable.Range(0, 10), Rfc1661Table.Cells.Select(cell => cell.State).Distinct());
    }

    [Fact]
    public void Carries_out_the_actions_of_a_cell_in_the_order_in_which_it_prints_them()
    {
        foreach (var (_, _, cell) in Rfc1661Table.Cells.Where(cell => cell.Cell.Contains(',')))
        {
            var printed = cell[..cell.IndexOf('/')].Split(',').Select(name => (int)Actions[name]).ToArray();
            Assert.Equal(printed.Order(), printed);
        }
    }
}
