using System.Text.Json;
using LocalControlPlane.Workloads.Pods;

namespace LocalControlPlane.Workloads.Processes;

/// <summary>Keeps what is known of containers in a file that is whole at any moment,
/// so that a kill costs at most the last change.</summary>
internal sealed class StateFile(string path)
{
    private string _written = "";

    /// <exception cref="InvalidDataException">The file is of a newer version,
    /// or damaged; the message says what to do.</exception>
    public IReadOnlyList<ContainerRun> Read()
    {
        if (!File.Exists(path)) return [];
        try
        {
            var state = JsonSerializer.Deserialize(File.ReadAllText(path), RunnerStateJson.Default.RunnerState)!;
            return state.Version <= RunnerState.CurrentVersion
                ? state.Runs
                : throw new InvalidDataException(
                    $"{path} was written by a newer version of this program; start that one, "
                    + "or stop the workloads and remove the file");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException(
                $"{path} is damaged ({e.Message}); remove it: running workloads are then found by their environment", e);
        }
    }

    /// <summary>Writes only what differs from the last time.</summary>
    public void Write(IEnumerable<ContainerRun> runs)
    {
        var ordered = runs.OrderBy(run => run.Key.ToString(), StringComparer.Ordinal).ToList();
        var text = JsonSerializer.Serialize(
            new RunnerState(RunnerState.CurrentVersion, ordered), RunnerStateJson.Default.RunnerState);
        if (text == _written) return;

        var next = path + ".next";
        using (var file = new FileStream(next, new FileStreamOptions
        {
            Mode = FileMode.Create, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        }))
        {
            file.Write(System.Text.Encoding.UTF8.GetBytes(text));
            file.Flush(flushToDisk: true);
        }

        File.Move(next, path, overwrite: true);
        _written = text;
    }
}
