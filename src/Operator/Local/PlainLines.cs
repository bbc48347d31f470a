using LocalControlPlane;

namespace Operator.Local;

/// <summary>One line for each change, for a journal or a pipe.</summary>
internal sealed class PlainLines(TextWriter output) : IStatusView
{
    private readonly Dictionary<(string Kind, string Name), StatusRow> _shown = [];

    public async Task ShowAsync(ControlPlane plane, CancellationToken stopping)
    {
        await output.WriteLineAsync($"API server: {plane.Endpoint.GetLeftPart(UriPartial.Authority)}").ConfigureAwait(false);
        await output.WriteLineAsync($"kubeconfig: {plane.KubeconfigFile}").ConfigureAwait(false);
        while (!stopping.IsCancellationRequested)
        {
            var changed = plane.Store.NextChange;
            foreach (var line in Changes(StatusRows.Read(plane))) await output.WriteLineAsync(line).ConfigureAwait(false);
            await output.FlushAsync(stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await changed.WaitAsync(stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>What differs from the rows that were shown before.</summary>
    internal IReadOnlyList<string> Changes(IReadOnlyList<StatusRow> rows)
    {
        var lines = new List<string>();
        foreach (var row in rows)
        {
            if (_shown.GetValueOrDefault((row.Kind, row.Name)) != row) lines.Add(row.ToString());
            _shown[(row.Kind, row.Name)] = row;
        }

        foreach (var (kind, name) in _shown.Keys.Except(rows.Select(row => (row.Kind, row.Name))).ToList())
        {
            lines.Add($"{kind} {name}: deleted");
            _shown.Remove((kind, name));
        }

        return lines;
    }
}
