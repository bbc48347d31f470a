using System.Text;
using Spectre.Console;

namespace KubectlSstp.Output;

/// <summary>A table: coloured and fitted to a terminal, plain columns without a break when piped.</summary>
internal sealed class Report(params string[] columns)
{
    /// <summary>Below this many columns of text, tables that have to be broken are no longer read.</summary>
    private const int LeastTableWidth = 100;

    private readonly List<Cell[]> _rows = [];

    public int Count => _rows.Count;

    public void Add(params Cell[] cells) => _rows.Add(cells);

    public void Write()
    {
        if (Console.IsOutputRedirected) Console.Write(ToText());
        else Write(AnsiConsole.Console);
    }

    /// <summary>As a table where there is room for one; else row by row, a field a line.</summary>
    public void Write(IAnsiConsole console)
    {
        var isNarrow = console.Profile.Width < LeastTableWidth && Widths().Sum(width => width + 2) > console.Profile.Width;
        if (!isNarrow) console.Write(ToTable());
        else foreach (var row in _rows) console.Write(ToBlock(row));
    }

    public Table ToTable()
    {
        var table = new Table().Border(TableBorder.None).AddColumns([.. columns.Select(Markup.Escape)]);
        foreach (var row in _rows)
            table.AddRow([.. row.Select(Coloured)]);
        return table;
    }

    private Rows ToBlock(Cell[] row)
    {
        var block = new Grid().AddColumn(new GridColumn().NoWrap()).AddColumn();
        foreach (var (column, cell) in columns.Zip(row))
            if (cell.Text.Length > 0) block.AddRow(Markup.Escape(column), Coloured(cell));
        return new Rows(block, new Text(""));
    }

    private static string Coloured(Cell cell) =>
        cell.Colour is { } colour ? $"[{colour}]{Markup.Escape(cell.Plain)}[/]" : Markup.Escape(cell.Plain);

    private int[] Widths()
    {
        var lines = _rows.Select(row => row.Select(cell => cell.Plain).ToArray()).Prepend(columns).ToList();
        return [.. Enumerable.Range(0, columns.Length).Select(column => lines.Max(line => line[column].Length))];
    }

    /// <summary>As kubectl does: a line a row, columns three blanks apart, nothing cut.</summary>
    public string ToText()
    {
        var lines = _rows.Select(row => row.Select(cell => cell.Plain).ToArray()).Prepend(columns).ToList();
        var widths = Widths();
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
