using System.Diagnostics;
using System.Text;
using TestSupport.Waiting;

namespace TestSupport.Processes;

/// <summary>A real process under test: its output is kept, and it does not outlive its owner.</summary>
public sealed partial class ChildProcess : IAsyncDisposable
{
    private static readonly TimeSpan PoliteExit = TimeSpan.FromSeconds(5);

    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly StreamWriter? _log;

    private ChildProcess(Process process, string? logFile)
    {
        _process = process;
        if (logFile is not null) _log = new StreamWriter(logFile, append: true) { AutoFlush = true };
    }

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    /// <summary>Standard output and error so far, in the order of arrival.</summary>
    public string Output
    {
        get
        {
            lock (_output) return _output.ToString();
        }
    }

    public static ChildProcess Start(string program, params string[] arguments) => Start(null, program, arguments);

    /// <param name="logFile">Gets a copy of the output, appended; null keeps it in memory only.</param>
    public static ChildProcess Start(string? logFile, string program, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var child = new ChildProcess(new Process { StartInfo = start }, logFile);
        child._process.OutputDataReceived += child.Keep;
        child._process.ErrorDataReceived += child.Keep;
        child._process.Start();
        child._process.StandardInput.Close();
        child._process.BeginOutputReadLine();
        child._process.BeginErrorReadLine();
        return child;
    }

    /// <summary>Waits for the end and for the last of the output.</summary>
    public async Task<int> WaitForExitAsync(TimeSpan deadline)
    {
        using var timer = new CancellationTokenSource(deadline);
        try
        {
            await _process.WaitForExitAsync(timer.Token);
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException(
                $"{_process.StartInfo.FileName} did not end within {deadline.TotalSeconds:0.#} s:\n{Output}");
        }

        return _process.ExitCode;
    }

    public Task WaitForOutputAsync(string text, TimeSpan deadline) =>
        Eventually.TrueAsync($"\"{text}\" from {_process.StartInfo.FileName}", deadline, () =>
        {
            if (Output.Contains(text, StringComparison.Ordinal)) return Task.FromResult(true);
            if (HasExited)
                throw new CommandFailedException($"{_process.StartInfo.FileName} ended with {_process.ExitCode}:\n{Output}");
            return Task.FromResult(false);
        });

    public void Signal(Signal signal)
    {
        if (!HasExited) Kill(Id, (int)signal);
    }

    /// <summary>SIGKILL for it and all processes it started. Only while it still runs can they be found.</summary>
    public void KillTree()
    {
        if (!HasExited) _process.Kill(entireProcessTree: true);
    }

    /// <summary>SIGTERM, then SIGKILL when that is not enough.</summary>
    public async ValueTask DisposeAsync()
    {
        Signal(Processes.Signal.Terminate);
        try
        {
            await WaitForExitAsync(PoliteExit);
        }
        catch (TimeoutException)
        {
            KillTree();
            await WaitForExitAsync(PoliteExit);
        }

        _process.Dispose();
        if (_log is not null) await _log.DisposeAsync();
    }

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        if (line.Data is null) return;

        lock (_output)
        {
            _output.AppendLine(line.Data);
            _log?.WriteLine(line.Data);
        }
    }

    [System.Runtime.InteropServices.LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int process, int signal);
}
