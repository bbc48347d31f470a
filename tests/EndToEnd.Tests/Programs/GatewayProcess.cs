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
    private readonly IReadOnlyList<string> _program;
    private ChildProcess _process;

    private GatewayProcess(NetworkNamespace @namespace, GatewayFiles files, IReadOnlyList<string> program)
    {
        _namespace = @namespace;
        _program = program;
        Files = files;
        Admin = new GatewayAdmin(files.AdminSocket);
        _process = Launch();
    }

    /// <summary>The assembly, to be run by <c>dotnet</c>.</summary>
    public static string Program { get; } = Repository.Program("SstpGateway", "sstp-gateway");

    public GatewayFiles Files { get; }

    public GatewayAdmin Admin { get; }

    public int Id => _process.Id;

    /// <summary>What it printed since it was started last.</summary>
    public string Log => _process.Output;

    /// <param name="program">What to run, before the gateway's own arguments.</param>
    public static async Task<GatewayProcess> StartAsync(
        NetworkNamespace @namespace, GatewayFiles files, IReadOnlyList<string> program)
    {
        var gateway = new GatewayProcess(@namespace, files, program);
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

    private ChildProcess Launch() =>
        _namespace.Start(Files.LogFile, [.. _program, "run", "--config", Files.Configuration, "--state", Files.State]);

    private Task WaitUntilUpAsync() => WaitForLogAsync("The gateway is up", StartDeadline);
}
