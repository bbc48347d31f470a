using System.Text.Json.Nodes;
using LocalControlPlane.Errors;
using LocalControlPlane.Storage;
using LocalControlPlane.Workloads.Controllers;
using LocalControlPlane.Workloads.Nodes;
using LocalControlPlane.Workloads.Pods;
using Microsoft.Extensions.Logging;

namespace LocalControlPlane.Workloads;

/// <summary>
/// Runs the Deployments and DaemonSets of one host as supervised local processes, in place of controllers, scheduler and
/// kubelet. When it ends, or is killed, the processes go on, and the next runner with the same data folder takes them over.
/// </summary>
public sealed class WorkloadRunner : IAsyncDisposable
{
    /// <summary>How soon the end of an adopted process is seen, of which no parent is told.</summary>
    private static readonly TimeSpan LongestIdle = TimeSpan.FromSeconds(1);

    /// <summary>How soon a changed address of the host shows in the node.</summary>
    private static readonly TimeSpan FactsAge = TimeSpan.FromSeconds(10);

    private readonly IWorkloadStore _store;
    private readonly RunnerOptions _options;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly Supervisor _supervisor;
    private readonly WorkloadControllers _controllers;
    private readonly CancellationTokenSource _stopping = new();
    private readonly SemaphoreSlim _stirred = new(0);
    private HostFacts? _facts;
    private DateTimeOffset _factsAt;

    private WorkloadRunner(IWorkloadStore store, RunnerOptions options, TimeProvider clock, ILogger logger)
    {
        (_store, _options, _clock, _logger) = (store, options, clock, logger);
        _supervisor = new Supervisor(store, options, clock, logger);
        _supervisor.Stirred += Stir;
        _controllers = new WorkloadControllers(store, options, clock, logger);
    }

    /// <summary>Completes when it has stopped; faulted when it cannot go on.</summary>
    public Task Completion { get; private set; } = Task.CompletedTask;

    /// <summary>Adopts what runs already, and begins.</summary>
    /// <exception cref="InvalidDataException">The state file cannot be used; the message says what to do.</exception>
    /// <exception cref="IOException">The data folder cannot be written.</exception>
    public static WorkloadRunner Start(IWorkloadStore store, RunnerOptions options, TimeProvider clock, ILoggerFactory loggers)
    {
        ArgumentNullException.ThrowIfNull(options);
        Directory.CreateDirectory(options.DataFolder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var runner = new WorkloadRunner(store, options, clock, loggers.CreateLogger<WorkloadRunner>());
        runner._supervisor.Adopt();
        runner.Completion = Task.Run(runner.RunAsync);
        return runner;
    }

    /// <summary>Stops the workloads, too: asks them to end, and kills those that have not after a while.</summary>
    public async Task StopWorkloadsAsync(TimeSpan grace)
    {
        await StopAsync().ConfigureAwait(false);
        await _supervisor.StopAllAsync(grace).ConfigureAwait(false);
    }

    /// <summary>Ends the runner; the workloads go on.</summary>
    public async ValueTask DisposeAsync()
    {
        await StopAsync().ConfigureAwait(false);
        _supervisor.Stirred -= Stir;
        _supervisor.Dispose();
        _stopping.Dispose();
    }

    private async Task StopAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        await Completion.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _supervisor.SettleAsync().ConfigureAwait(false);
    }

    private void Stir() => _stirred.Release();

    private async Task RunAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            var changed = _store.NextChange;
            var idle = LongestIdle;
            try
            {
                var node = await RegisterAsync().ConfigureAwait(false);
                await _controllers.PassAsync(node).ConfigureAwait(false);
                await _supervisor.PassAsync(_facts!.Addresses, _stopping.Token).ConfigureAwait(false);
                idle = _supervisor.Idle(LongestIdle);
            }
            catch (Exception e) when (e is ApiException or StorageException or IOException or UnauthorizedAccessException)
            {
                WorkloadLog.PassFailed(_logger, e.Message);
                // What failed must not fail again at once, whatever the store does.
                changed = Task.Delay(Timeout.InfiniteTimeSpan, _stopping.Token);
            }
            catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
            {
                return;
            }

            await WaitAsync(changed, idle).ConfigureAwait(false);
        }
    }

    private async Task WaitAsync(Task changed, TimeSpan most)
    {
        using var woken = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token);
        var stirred = _stirred.WaitAsync(woken.Token);
        await Task.WhenAny(changed, stirred, Task.Delay(most, _clock, woken.Token)).ConfigureAwait(false);
        await woken.CancelAsync().ConfigureAwait(false);
        await stirred.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        // One pass answers all that has come until now.
        while (_stirred.CurrentCount > 0) await _stirred.WaitAsync(CancellationToken.None).ConfigureAwait(false);
    }

    private async Task<JsonObject> RegisterAsync()
    {
        var now = _clock.GetUtcNow();
        if (_facts is null || now - _factsAt >= FactsAge) (_facts, _factsAt) = (HostFacts.Read(), now);

        if (_store.Find("v1", "Node", "", _options.NodeName) is not { } node)
        {
            await _store.CreateAsync(NodeObject.Body(_options, _facts)).ConfigureAwait(false);
            node = _store.Find("v1", "Node", "", _options.NodeName) ?? NodeObject.Body(_options, _facts);
        }

        var status = NodeObject.Status(node, _facts, now);
        if (!JsonNode.DeepEquals(node["status"], status)) await _store.WriteStatusAsync(node, status).ConfigureAwait(false);
        return node;
    }
}
