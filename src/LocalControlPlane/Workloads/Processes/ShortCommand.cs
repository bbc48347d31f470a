using System.Diagnostics;

namespace LocalControlPlane.Workloads.Processes;

/// <summary>A command beside a container's program: of a probe or a hook.</summary>
internal static class ShortCommand
{
    /// <returns>Its exit code.</returns>
    /// <exception cref="OperationCanceledException">It took too long, and was killed.</exception>
    public static async Task<int> RunAsync(IReadOnlyList<string> command, PreparedContainer container, CancellationToken limit)
    {
        if (command.Count == 0) return -1;
        var start = new ProcessStartInfo(container.Mounts.Rewrite(command[0]))
        {
            WorkingDirectory = container.WorkingFolder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in command.Skip(1)) start.ArgumentList.Add(container.Mounts.Rewrite(argument));
        start.Environment.Clear();
        foreach (var (name, value) in container.Environment) start.Environment[name] = value;

        using var process = Process.Start(start)!;
        // Nobody reads what it prints; it must not block on it either.
        var output = Task.WhenAll(
            process.StandardOutput.BaseStream.CopyToAsync(Stream.Null, limit),
            process.StandardError.BaseStream.CopyToAsync(Stream.Null, limit));
        try
        {
            await process.WaitForExitAsync(limit).ConfigureAwait(false);
            await output.ConfigureAwait(false);
            return process.ExitCode;
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }
}
