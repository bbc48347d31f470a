using System.Text.Json.Nodes;
using LocalControlPlane.Workloads.Probes;
using LocalControlPlane.Workloads.Processes;
using Microsoft.Extensions.Logging;

namespace LocalControlPlane.Workloads.Pods;

/// <summary>What runs after a container's start and before its end, beside the loop.</summary>
internal sealed class LifecycleHooks(Prober prober, TimeProvider clock, ILogger logger)
{
    /// <summary>Of a hook that comes after the start, which nothing else bounds.</summary>
    private static readonly TimeSpan LongestStartHook = TimeSpan.FromMinutes(1);

    private readonly List<Task> _running = [];

    /// <summary>Ends with the hooks that run.</summary>
    public Task Open => Task.WhenAll(_running);

    public void Started(ContainerRun run, JsonObject container, PreparedContainer prepared, CancellationToken stopping)
    {
        if (container.At("lifecycle", "postStart") is { } hook)
            Keep(RunAsync("postStart", hook, container, prepared, run, LongestStartHook, stopping));
    }

    /// <summary>Runs preStop, and then asks the process to stop.</summary>
    /// <param name="container">Null when the pod is gone, and its hooks with it.</param>
    public void Stop(
        ContainerRun run, JsonObject? container, PreparedContainer? prepared, DateTimeOffset by, CancellationToken stopping) =>
        Keep(StopAsync(run, container, prepared, by, stopping));

    private void Keep(Task hook)
    {
        _running.RemoveAll(task => task.IsCompleted);
        _running.Add(hook);
    }

    private async Task StopAsync(
        ContainerRun run, JsonObject? container, PreparedContainer? prepared, DateTimeOffset by, CancellationToken stopping)
    {
        if (container.At("lifecycle", "preStop") is { } hook && prepared is not null)
            await RunAsync("preStop", hook, container!, prepared, run, by - clock.GetUtcNow(), stopping).ConfigureAwait(false);
        ProcessSignal.AskToStop(run.Process!);
    }

    private async Task RunAsync(
        string name, JsonNode hook, JsonObject container, PreparedContainer prepared,
        ContainerRun run, TimeSpan most, CancellationToken stopping)
    {
        if (most <= TimeSpan.Zero) return;
        if (hook.NumberAt("sleep", "seconds") is { } seconds)
        {
            await Task.Delay(TimeSpan.FromSeconds(Math.Min(seconds, most.TotalSeconds)), clock, stopping).ConfigureAwait(false);
            return;
        }

        if (!await prober.AskAsync(hook, container, prepared, most, stopping).ConfigureAwait(false))
            WorkloadLog.HookFailed(logger, name, run.Key.Container, run.Namespace, run.Pod);
    }
}
