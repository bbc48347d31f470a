namespace SstpProtocol.Tests.Ppp;

/// <summary>Reads tests/vectors/rfc1661-automaton.txt. Knows nothing of the code it is compared with.</summary>
internal static class Rfc1661Table
{
    /// <summary>
    /// Every cell as printed, by the RFC's names: event ("RCR+"), number of the state, cell ("tld,scr,sca/8", "3r", "-").
    /// </summary>
    public static IReadOnlyList<(string Event, int State, string Cell)> Cells { get; } = Read();

    private static List<(string, int, string)> Read()
    {
        var cells = new List<(string, int, string)>();
        var states = Array.Empty<string>();
        foreach (var line in File.ReadLines(Path.Combine(AppContext.BaseDirectory, "vectors", "rfc1661-automaton.txt")))
        {
            var halves = line.Split('|');
            if (line.StartsWith('#') || halves.Length != 2) continue;

            var row = halves[0].Trim();
            var columns = halves[1].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (row.Length == 0 && columns.Length > 0 && columns[0].All(char.IsDigit)) states = columns;
            if (row.Length == 0 || row == "Events") continue;

            Assert.Equal(states.Length, columns.Length);
            cells.AddRange(states.Zip(columns, (state, cell) => (row, int.Parse(state), cell)));
        }

        return cells;
    }
}
