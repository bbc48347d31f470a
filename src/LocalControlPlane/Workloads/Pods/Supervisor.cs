using System.Diagnostics;
using System.Text.Json.Nodes;
using LocalControlPlane.Workloads.Probes;
using LocalControlPlane.Workloads.Processes;
using LocalControlPlane.Workloads.Volumes;
using Microsoft.Extensions.Logging;

namespace LocalControlPlane.Workloads.Pods;

/// <summary>
/// Runs the containers of the node's pods as processes: looks at what runs, plans, acts, and says how it is. One loop owns it.
/// </summary>
internal sealed class Supervisor : IDisposable
{
    private readonly IWorkloadStore _store;
    private readonly RunnerOptions _options;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly StateFile _state;
    private readonly PodLogFiles _logs;
    private readonly PodCgroup _cgroups;
    private readonly Prober _prober = new();
    private readonly PodPreparation _preparation;
    private readonly ProbeRounds _probes;
    private readonly LifecycleHooks _hooks;
    private readonly string _marker;
    private readonly Dictionary<ContainerKey, ContainerRun> _runs = [];
    private readonly Dictionary<ContainerKey, Process> _children = [];

    public Supervisor(IWorkloadStore store, RunnerOptions options, TimeProvider clock, ILogger logger)
    {
        (_store, _options, _clock, _logger) = (store, options, clock, logger);
        _state = new StateFile(options.StateFile);
        _logs = new PodLogFiles(options);
        _cgroups = new PodCgroup(options.CgroupFolder);
        _preparation = new PodPreparation(store, options, logger);
        _probes = new ProbeRounds(_prober, clock);
        _probes.Answered += () => Stirred?.Invoke();
        _hooks = new LifecycleHooks(_prober, clock, logger);
        _marker = Path.GetFullPath(options.DataFolder) + "|";
    }

    /// <summary>Something that is not the store wants attention: a child ended, or a probe was answered.</summary>
    public event Action? Stirred;

    /// <summary>Takes over what an earlier runner left running.</summary>
    /// <exception cref="InvalidDataException">The state file cannot be used; the message says what to do.</exception>
    public void Adopt()
    {
        var now = _clock.GetUtcNow();
        foreach (var run in _state.Read())
            _runs[run.Key] = run.Process is { } process && !ProcessTable.IsAlive(process) ? run.Exited(null, now) : run;

        // A process whose start came after the last write of the state carries its name in its environment.
        foreach (var (process, owner) in ProcessTable.Marked(_marker).ToList())
        {
            if (owner.Split('/') is not [var uid, var container]) continue;
            var key = new ContainerKey(uid, container);
            if (_runs.TryGetValue(key, out var known) && known.IsRunning) continue;
            _runs[key] = ContainerRun.Start(
                key, known?.Namespace ?? "", known?.Pod ?? "", known?.Grace ?? 30, known, process, now);
        }

        foreach (var run in _runs.Values.Where(run => run.IsRunning))
        {
            WorkloadLog.Adopted(_logger, run.Key.Container, run.Namespace, run.Pod, run.Process!.Pid);
            // Whether its request to stop was still sent is not known; asking again does no harm.
            if (run.StopBy is not null) ProcessSignal.AskToStop(run.Process);
        }
    }

    public async Task PassAsync(IReadOnlyList<string> addresses, CancellationToken stopping)
    {
        var pods = _store.List("v1", "Pod").Where(pod => pod.TextAt("spec", "nodeName") == _options.NodeName).ToList();
        NoticeEnds(pods);
        foreach (var (key, health) in _probes.TakeAnswers())
            _runs[key] = _runs[key] with { IsStarted = health.IsStarted, IsReady = health.IsReady };
        _preparation.Pass(pods, addresses);
        foreach (var (pod, problem) in _preparation.TakeFailedMounts())
            await _store.CreateAsync(RunnerEvent.About(pod, "Warning", "FailedMount", problem, _clock.GetUtcNow()))
                .ConfigureAwait(false);
        WatchAdopted(pods);
        foreach (var action in PodPlanner.Plan(pods, _runs, _probes.Verdicts, _clock.GetUtcNow()))
            await ActAsync(action, pods.Find(pod => pod.Uid() == action.Key.PodUid), stopping).ConfigureAwait(false);
        _state.Write(_runs.Values);
        _probes.Ask(
            pods, key => _runs.GetValueOrDefault(key) is { IsRunning: true, StopBy: null } ? _preparation.Find(key) : null,
            stopping);
        await ReportAsync(pods, addresses).ConfigureAwait(false);
        foreach (var key in _runs.Keys) _logs.Cut(key);
    }

    /// <summary>How long nothing is due.</summary>
    public TimeSpan Idle(TimeSpan most)
    {
        var now = _clock.GetUtcNow();
        var due = new[]
        {
            _probes.NextDue(key => _runs.GetValueOrDefault(key)?.IsRunning == true), PodPlanner.NextDeadline(_runs.Values),
        }
            .Min();
        if (due is not { } moment || moment - now > most) return most;
        return moment > now ? moment - now : TimeSpan.FromMilliseconds(50);
    }

    /// <summary>Asks everything to stop, as if all pods were deleted, and waits; what is late is killed.</summary>
    public async Task StopAllAsync(TimeSpan grace)
    {
        var end = _clock.GetUtcNow() + grace;
        var running = _runs.Values.Where(run => run.IsRunning).ToList();
        foreach (var run in running) ProcessSignal.AskToStop(run.Process!);
        while (running.Exists(run => ProcessTable.IsAlive(run.Process!)))
        {
            if (_clock.GetUtcNow() >= end) running.ForEach(run => ProcessSignal.End(run.Process!));
            await Task.Delay(TimeSpan.FromMilliseconds(50), _clock, CancellationToken.None).ConfigureAwait(false);
        }

        foreach (var run in running) _runs[run.Key] = run.Exited(ExitCode(run.Key), _clock.GetUtcNow());
        _state.Write(_runs.Values);
    }

    /// <summary>Waits for what is under way beside the loop; the loop has ended and its token is cancelled.</summary>
    public Task SettleAsync() => Task.WhenAll(_hooks.Open, _probes.Open).ContinueWith(
        // How they ended no longer matters to anybody.
        _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);

    public void Dispose()
    {
        _prober.Dispose();
        // The processes go on: only the handles are given back.
        foreach (var child in _children.Values) child.Dispose();
    }

    private void NoticeEnds(List<JsonObject> pods)
    {
        foreach (var run in _runs.Values.Where(run => run.Process is { } process && !ProcessTable.IsAlive(process)).ToList())
        {
            var code = ExitCode(run.Key);
            _runs[run.Key] = run.Exited(
                code, _clock.GetUtcNow(), code != 0 && AsksForLogs(pods, run.Key) ? _logs.Tail(run.Key) : null);
            _probes.Forget(run.Key);
            if (run.StopBy is null || !pods.Exists(pod => pod.Uid() == run.Key.PodUid && pod.IsTerminating()))
                WorkloadLog.Ended(_logger, run.Key.Container, run.Namespace, run.Pod, code);
        }
    }

    private static bool AsksForLogs(List<JsonObject> pods, ContainerKey key) =>
        pods.Find(pod => pod.Uid() == key.PodUid) is { } pod
        && pod.ObjectsAt("spec", "containers").Any(container =>
            container.TextAt("name") == key.Container && container.TextAt("terminationMessagePolicy") == "FallbackToLogsOnError");

    /// <summary>Only a parent is told; of an adopted process nobody was.</summary>
    private int? ExitCode(ContainerKey key)
    {
        if (!_children.Remove(key, out var child)) return null;
        using (child) return child.WaitForExit(TimeSpan.FromSeconds(5)) ? child.ExitCode : null;
    }

    private void WatchAdopted(List<JsonObject> pods)
    {
        foreach (var pod in pods)
        {
            foreach (var container in pod.ObjectsAt("spec", "containers"))
            {
                var key = new ContainerKey(pod.Uid(), container.TextAt("name") ?? "");
                if (_probes.Knows(key) || _runs.GetValueOrDefault(key) is not { IsRunning: true } run) continue;
                var health = ContainerHealth.Begin(container, run.StartedAt, isAdopted: true, run.IsStarted, run.IsReady);
                _probes.Begin(key, health);
                _runs[key] = run with
                {
                    Namespace = pod.Namespace(), Pod = pod.Name(), IsStarted = health.IsStarted, IsReady = health.IsReady,
                };
            }
        }
    }

    private async Task ActAsync(ContainerAction action, JsonObject? pod, CancellationToken stopping)
    {
        switch (action)
        {
            case ContainerAction.Start when pod is not null && !_preparation.Waiting.ContainsKey(action.Key):
                await StartAsync(pod, action.Key, stopping).ConfigureAwait(false);
                break;

            case ContainerAction.Stop stop:
                var run = _runs[stop.Key];
                _runs[stop.Key] = run with { StopBy = stop.By, IsReady = false };
                WorkloadLog.Stopping(_logger, stop.Key.Container, run.Namespace, run.Pod, stop.Why);
                _hooks.Stop(run, pod is null ? null : Container(pod, stop.Key), _preparation.Find(stop.Key), stop.By, stopping);
                if (pod is not null)
                    await TellAsync(pod, "Killing", $"Stopping container {stop.Key.Container}: {stop.Why}").ConfigureAwait(false);
                break;

            case ContainerAction.Kill:
                var late = _runs[action.Key];
                WorkloadLog.Killed(_logger, action.Key.Container, late.Namespace, late.Pod);
                ProcessSignal.End(late.Process!);
                _runs[action.Key] = late with { IsKilled = true };
                break;

            case ContainerAction.Forget:
                _runs.Remove(action.Key);
                _preparation.Forget(action.Key);
                _logs.Remove(action.Key);
                CleanUp(action.Key.PodUid);
                break;
        }
    }

    private async Task StartAsync(JsonObject pod, ContainerKey key, CancellationToken stopping)
    {
        var container = Container(pod, key)!;
        var prepared = _preparation.Find(key)!;
        try
        {
            var child = ProcessLauncher.Start(prepared, $"{_marker}{key}", _logs.Begin(key), _cgroups.Open(key.PodUid));
            var now = _clock.GetUtcNow();
            // A program that has ended already is still there for its parent, so its number is right; the next pass sees its end.
            var identity = ProcessTable.Identify(child.Id) ?? new ProcessIdentity(child.Id, 0, "");
            var health = ContainerHealth.Begin(container, now, isAdopted: false, wasStarted: false, wasReady: false);
            var run = ContainerRun.Start(
                key, pod.Namespace(), pod.Name(), PodPlanner.Grace(pod), _runs.GetValueOrDefault(key), identity, now);
            _children[key] = child;
            _runs[key] = run with { IsStarted = health.IsStarted, IsReady = health.IsReady };
            _state.Write(_runs.Values);
            _probes.Begin(key, health);
            child.Exited += (_, _) => Stirred?.Invoke();
            child.EnableRaisingEvents = true;
            WorkloadLog.Started(_logger, key.Container, pod.Namespace(), pod.Name(), child.Id);
            _hooks.Started(run, container, prepared, stopping);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or System.ComponentModel.Win32Exception)
        {
            _preparation.Note(pod, key, new WaitingReason("RunContainerError", e.Message));
            return;
        }

        await TellAsync(pod, "Started", $"Started container {key.Container}").ConfigureAwait(false);
    }

    private static JsonObject? Container(JsonObject pod, ContainerKey key) =>
        pod.ObjectsAt("spec", "containers").FirstOrDefault(container => container.TextAt("name") == key.Container);

    private Task TellAsync(JsonObject pod, string reason, string message) =>
        _store.CreateAsync(RunnerEvent.About(pod, "Normal", reason, message, _clock.GetUtcNow()));

    private async Task ReportAsync(List<JsonObject> pods, IReadOnlyList<string> addresses)
    {
        foreach (var pod in pods)
        {
            if (PodPlanner.IsOver(pod, _runs))
            {
                await _store.DeleteAsync(pod, 0).ConfigureAwait(false);
                continue;
            }

            var status = PodStatus.Of(pod, _runs, _preparation.Waiting, addresses, _clock.GetUtcNow());
            if (!JsonNode.DeepEquals(pod["status"], status)) await _store.WriteStatusAsync(pod, status).ConfigureAwait(false);
        }

        // Pods that never ran anything leave only their folder.
        foreach (var key in _preparation.Outside(
            pods.Select(pod => pod.Uid()).Concat(_runs.Keys.Select(key => key.PodUid)).ToHashSet()))
        {
            _preparation.Forget(key);
            CleanUp(key.PodUid);
        }
    }

    private void CleanUp(string podUid)
    {
        if (_runs.Keys.Any(key => key.PodUid == podUid)) return;
        _cgroups.Close(podUid);
        VolumeFolders.Remove(_options.PodFolder(podUid));
    }
}
