using LocalControlPlane;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Operator.Local;

/// <summary>A table that follows the resources, for a terminal.</summary>
internal sealed class LiveTable(IAnsiConsole console, FileLog log) : IStatusView
{
    // Often enough for the eye, seldom enough for a slow line.
    private static readonly TimeSpan Refresh = TimeSpan.FromMilliseconds(500);

    public Task ShowAsync(ControlPlane plane, CancellationToken stopping)
    {
        console.MarkupLineInterpolated($"API server  [bold]{plane.Endpoint.GetLeftPart(UriPartial.Authority)}[/]");
        console.MarkupLineInterpolated(
            $"kubeconfig  [bold]{plane.KubeconfigFile}[/]   try: kubectl --kubeconfig {plane.KubeconfigFile} get sstp -A");
        console.MarkupLineInterpolated($"log         {log.Path}");
        return console.Live(Picture([], [])).StartAsync(async live =>
        {
            while (!stopping.IsCancellationRequested)
            {
                live.UpdateTarget(Picture(StatusRows.Read(plane), log.Last));
                await Task.Delay(Refresh, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        });
    }

    internal static IRenderable Picture(IReadOnlyList<StatusRow> rows, IReadOnlyList<string> lines)
    {
        var table = new Table { Border = TableBorder.Minimal, Expand = true };
        foreach (var name in (string[])["KIND", "NAME", "READY", "REASON", "MESSAGE"]) table.AddColumn(name);
        foreach (var row in rows)
        {
            var colour = row.Ready switch { "True" => "green", "False" => "red", _ => "yellow" };
            table.AddRow(
                Markup.Escape(row.Kind), Markup.Escape(row.Name), $"[{colour}]{Markup.Escape(row.Ready)}[/]",
                Markup.Escape(row.Reason), Markup.Escape(row.Message));
        }

        if (rows.Count == 0) table.AddRow("[grey]nothing yet[/]", "", "", "", "");
        return new Rows(
            [table, .. lines.Select(line => new Markup($"[grey]{Markup.Escape(line)}[/]") { Overflow = Overflow.Ellipsis })]);
    }
}
