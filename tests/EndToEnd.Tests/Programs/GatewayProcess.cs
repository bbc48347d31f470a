using TestSupport.Files;
using TestSupport.Namespaces;
using TestSupport.Processes;

namespace EndToEnd.Tests.Programs;

/// <summary>The gateway as its users run it: a process with one YAML file.</summary>
public sealed class GatewayProcess : IAsyncDisposable
{
    // Two seconds on an idle machine.
    private static readonly TimeSpan StartDeadline = TimeSpan.FromSeconds(60);

    private readonly NetworkNamespace _namespace;
    private readonly string[] _runner;
    private ChildProcess _process;

    private GatewayProcess(NetworkNamespace @namespace, GatewayFiles files, string[] runner)
    {
        _namespace = @namespace;
        _runner = runner;
        Files = files;
        Admin = new GatewayAdmin(files.AdminSocket);
        _process = Launch();
    }

    public GatewayFiles Files { get; }

    public GatewayAdmin Admin { get; }

    public int Id => _process.Id;

    /// <summary>What it printed since it was started last.</summary>
    public string Log => _process.Output;

    /// <param name="runner">A program with arguments that runs it, such as setpriv.</param>
    public static async Task<GatewayProcess> StartAsync(NetworkNamespace @namespace, GatewayFiles files, params string[] runner)
    {
        var gateway = new GatewayProcess(@namespace, files, runner);
        try
        {
            await gateway.WaitUntilUpAsync();
            return gateway;
        }
        catch
        {
            await gateway.DisposeAsync();
            throw;
        }
    }

    public void Signal(Signal signal) => _process.Signal(signal);

    public Task<int> WaitForExitAsync(TimeSpan deadline) => _process.WaitForExitAsync(deadline);

    public Task WaitForLogAsync(string text, TimeSpan deadline) => _process.WaitForOutputAsync(text, deadline);

    /// <summary>Ends it without a chance to tidy up.</summary>
    public Task KillAsync()
    {
        _process.Signal(TestSupport.Processes.Signal.Kill);
        return _process.WaitForExitAsync(TimeSpan.FromSeconds(10));
    }

    /// <summary>Starts it again, after its end, from the same files.</summary>
    public async Task RestartAsync()
    {
        await _process.DisposeAsync();
        _process = Launch();
        await WaitUntilUpAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Admin.Dispose();
        _process.Signal(TestSupport.Processes.Signal.Terminate);
        // The second one: without the drain.
        _process.Signal(TestSupport.Processes.Signal.Terminate);
        await _process.DisposeAsync();
    }

    private ChildProcess Launch() => _namespace.Start(
        Files.LogFile,
        [.. _runner, "dotnet", Repository.Program("SstpGateway", "sstp-gateway"), "run", "--config", Files.Configuration]);

    private Task WaitUntilUpAsync() => WaitForLogAsync("The gateway is up", StartDeadline);
}
