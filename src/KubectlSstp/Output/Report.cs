using System.Text;
using Spectre.Console;

namespace KubectlSstp.Output;

/// <summary>A table: coloured and fitted to a terminal, plain columns without a break when piped.</summary>
internal sealed class Report(params string[] columns)
{
    private readonly List<Cell[]> _rows = [];

    public int Count => _rows.Count;

    public void Add(params Cell[] cells) => _rows.Add(cells);

    public void Write()
    {
        if (Console.IsOutputRedirected) Console.Write(ToText());
        else AnsiConsole.Write(ToTable());
    }

    public Table ToTable()
    {
        var table = new Table().Border(TableBorder.None).AddColumns([.. columns.Select(Markup.Escape)]);
        foreach (var row in _rows)
            table.AddRow([.. row.Select(cell => cell.Colour is { } colour ? $"[{colour}]{Markup.Escape(cell.Plain)}[/]" : Markup.Escape(cell.Plain))]);
        return table;
    }

    /// <summary>As kubectl does: a line a row, columns three blanks apart, nothing cut.</summary>
    public string ToText()
    {
        var lines = _rows.Select(row => row.Select(cell => cell.Plain).ToArray()).Prepend(columns).ToList();
        var widths = Enumerable.Range(0, columns.Length).Select(column => lines.Max(line => line[column].Length)).ToArray();
        var text = new StringBuilder();
        foreach (var line in lines)
        {
            var row = new StringBuilder();
            for (var column = 0; column < columns.Length; column++) row.Append(line[column].PadRight(widths[column] + 3));
            text.Append(row.ToString().TrimEnd()).Append('\n');
        }
        return text.ToString();
    }
}
