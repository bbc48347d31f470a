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
    /// <summary>Of a hook that comes after the start, which nothing else bounds.</summary>
    private static readonly TimeSpan LongestStartHook = TimeSpan.FromMinutes(1);

    private readonly IWorkloadStore _store;
    private readonly RunnerOptions _options;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly StateFile _state;
    private readonly PodLogFiles _logs;
    private readonly PodCgroup _cgroups;
    private readonly Prober _prober = new();
    private readonly string _marker;
    private readonly Dictionary<ContainerKey, ContainerRun> _runs = [];
    private readonly Dictionary<ContainerKey, Process> _children = [];
    private readonly Dictionary<ContainerKey, ContainerHealth> _health = [];
    private readonly Dictionary<ContainerKey, PreparedContainer> _prepared = [];
    private readonly Dictionary<ContainerKey, WaitingReason> _waiting = [];
    private readonly Dictionary<(ContainerKey Key, ProbeKind Kind), Task<bool>> _questions = [];
    private readonly Dictionary<ContainerKey, Task> _hooks = [];

    public Supervisor(IWorkloadStore store, RunnerOptions options, TimeProvider clock, ILogger logger)
    {
        (_store, _options, _clock, _logger) = (store, options, clock, logger);
        _state = new StateFile(options.StateFile);
        _logs = new PodLogFiles(options);
        _cgroups = new PodCgroup(options.CgroupFolder);
        _marker = Path.GetFullPath(options.DataFolder) + "|";
    }

    /// <summary>Something that is not the store wants attention: a child ended, or a probe was answered.</summary>
    public event Action? Stirred;

    public bool HasRunning => _runs.Values.Any(run => run.IsRunning);

    /// <summary>Takes over what an earlier runner left running.</summary>
    /// <exception cref="InvalidDataException">The state file cannot be used; the message says what to do.</exception>
    public void Adopt()
    {
        var now = _clock.GetUtcNow();
        foreach (var run in _state.Read()) _runs[run.Key] = run.Process is { } process && !ProcessTable.IsAlive(process) ? run.Exited(null, now) : run;

        // A process whose start came after the last write of the state carries its name in its environment.
        foreach (var (process, owner) in ProcessTable.Marked(_marker).ToList())
        {
            if (owner.Split('/') is not [var uid, var container]) continue;
            var key = new ContainerKey(uid, container);
            if (_runs.TryGetValue(key, out var known) && known.IsRunning) continue;
            _runs[key] = ContainerRun.Start(key, known?.Namespace ?? "", known?.Pod ?? "", known?.Grace ?? 30, known, process, now);
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
        NoticeAnswers();
        Prepare(pods, addresses);
        foreach (var action in PodPlanner.Plan(pods, _runs, _health.ToDictionary(h => h.Key, h => h.Value.Verdict), _clock.GetUtcNow()))
            await ActAsync(action, pods, stopping).ConfigureAwait(false);
        _state.Write(_runs.Values);
        Ask(pods, stopping);
        await ReportAsync(pods, addresses).ConfigureAwait(false);
        foreach (var key in _runs.Keys) _logs.Cut(key);
    }

    /// <summary>How long nothing is due.</summary>
    public TimeSpan Idle(TimeSpan most)
    {
        var now = _clock.GetUtcNow();
        var due = _health.Where(h => _runs.GetValueOrDefault(h.Key)?.IsRunning == true).Select(h => h.Value.NextDue).Append(PodPlanner.NextDeadline(_runs.Values)).Min();
        if (due is not { } moment || moment - now > most) return most;
        return moment > now ? moment - now : TimeSpan.FromMilliseconds(50);
    }

    /// <summary>Asks everything to stop, as if all pods were deleted, and waits; what is late is killed.</summary>
    public async Task StopAllAsync(TimeSpan grace)
    {
        var end = _clock.GetUtcNow() + grace;
        foreach (var run in _runs.Values.Where(run => run.IsRunning)) ProcessSignal.AskToStop(run.Process!);
        while (_runs.Values.Any(run => run.Process is { } process && ProcessTable.IsAlive(process)))
        {
            if (_clock.GetUtcNow() >= end)
                foreach (var run in _runs.Values.Where(run => run.IsRunning)) ProcessSignal.End(run.Process!);
            await Task.Delay(TimeSpan.FromMilliseconds(50), _clock, CancellationToken.None).ConfigureAwait(false);
        }

        foreach (var run in _runs.Values.Where(run => run.IsRunning).ToList()) _runs[run.Key] = run.Exited(ExitCode(run.Key), _clock.GetUtcNow());
        _state.Write(_runs.Values);
    }

    /// <summary>Waits for what is under way beside the loop; the loop has ended and the token is cancelled.</summary>
    public Task SettleAsync() => Task.WhenAll([.. _hooks.Values, .. _questions.Values]).ContinueWith(
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
            _runs[run.Key] = run.Exited(code, _clock.GetUtcNow());
            _health.Remove(run.Key);
            _hooks.Remove(run.Key);
            if (run.StopBy is null || !pods.Exists(pod => pod.Uid() == run.Key.PodUid && pod.IsTerminating()))
                WorkloadLog.Ended(_logger, run.Key.Container, run.Namespace, run.Pod, code);
        }
    }

    /// <summary>Only a parent is told; of an adopted process nobody was.</summary>
    private int? ExitCode(ContainerKey key)
    {
        if (!_children.Remove(key, out var child)) return null;
        using (child) return child.WaitForExit(TimeSpan.FromSeconds(5)) ? child.ExitCode : null;
    }

    private void NoticeAnswers()
    {
        foreach (var (question, task) in _questions.Where(question => question.Value.IsCompleted).ToList())
        {
            _questions.Remove(question);
            if (!_health.TryGetValue(question.Key, out var health) || !task.IsCompletedSuccessfully) continue;
            var next = health.Answered(question.Kind, task.Result, _clock.GetUtcNow());
            _health[question.Key] = next;
            _runs[question.Key] = _runs[question.Key] with { IsStarted = next.IsStarted, IsReady = next.IsReady };
        }
    }

    /// <summary>Volumes first, then programs; files of running containers follow their objects.</summary>
    private void Prepare(List<JsonObject> pods, IReadOnlyList<string> addresses)
    {
        JsonObject? Lookup(string kind, string space, string name) => _store.Find("v1", kind, space, name);
        foreach (var pod in pods.Where(pod => !pod.IsTerminating()))
        {
            var (volumes, problem) = new VolumePlanner(Lookup, addresses).Plan(pod, _options.PodFolder(pod.Uid()));
            try
            {
                problem ??= HostPathCheck.Problem(pod);
                VolumeFolders.Write(_options.PodFolder(pod.Uid()), volumes);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                problem = new WaitingReason("CreateContainerError", e.Message);
            }

            var preparation = new ContainerPreparation(_options, Lookup, addresses);
            foreach (var container in pod.ObjectsAt("spec", "containers"))
            {
                var key = new ContainerKey(pod.Uid(), container.TextAt("name") ?? "");
                var (prepared, objection) = problem is null ? preparation.Prepare(pod, container, volumes) : (null, problem);
                if (prepared is not null) _prepared[key] = prepared;
                Note(pod, key, objection);
                if (_runs.TryGetValue(key, out var run) && run.IsRunning && !_health.ContainsKey(key))
                    _health[key] = ContainerHealth.Begin(container, run.StartedAt, isAdopted: !_children.ContainsKey(key), run.IsStarted, run.IsReady);
            }
        }
    }

    private void Note(JsonObject pod, ContainerKey key, WaitingReason? objection)
    {
        if (objection is null)
        {
            _waiting.Remove(key);
            return;
        }

        if (_waiting.TryGetValue(key, out var before) && before == objection) return;
        _waiting[key] = objection;
        WorkloadLog.CannotStart(_logger, key.Container, pod.Namespace(), pod.Name(), objection.Message);
    }

    private async Task ActAsync(ContainerAction action, List<JsonObject> pods, CancellationToken stopping)
    {
        var pod = pods.Find(pod => pod.Uid() == action.Key.PodUid);
        switch (action)
        {
            case ContainerAction.Start when !_waiting.ContainsKey(action.Key):
                await StartAsync(pod!, action.Key, stopping).ConfigureAwait(false);
                break;

            case ContainerAction.Stop stop:
                var run = _runs[stop.Key];
                _runs[stop.Key] = run with { StopBy = stop.By, IsReady = false };
                WorkloadLog.Stopping(_logger, stop.Key.Container, run.Namespace, run.Pod, stop.Why);
                _hooks[stop.Key] = StopAsync(run, pod, stop.By, stopping);
                if (pod is not null) await _store.CreateAsync(RunnerEvent.About(pod, "Normal", "Killing", $"Stopping container {stop.Key.Container}: {stop.Why}", _clock.GetUtcNow())).ConfigureAwait(false);
                break;

            case ContainerAction.Kill:
                var late = _runs[action.Key];
                WorkloadLog.Killed(_logger, action.Key.Container, late.Namespace, late.Pod);
                ProcessSignal.End(late.Process!);
                _runs[action.Key] = late with { IsKilled = true };
                break;

            case ContainerAction.Forget:
                _runs.Remove(action.Key);
                _prepared.Remove(action.Key);
                _waiting.Remove(action.Key);
                _logs.Remove(action.Key);
                CleanUp(action.Key.PodUid);
                break;
        }
    }

    private async Task StartAsync(JsonObject pod, ContainerKey key, CancellationToken stopping)
    {
        var container = pod.ObjectsAt("spec", "containers").First(container => container.TextAt("name") == key.Container);
        try
        {
            var child = ProcessLauncher.Start(_prepared[key], $"{_marker}{key}", _logs.Begin(key), _cgroups.Open(key.PodUid));
            var now = _clock.GetUtcNow();
            // A program that has ended already is still there for its parent, so its number is right; the next pass sees its end.
            var identity = ProcessTable.Identify(child.Id) ?? new ProcessIdentity(child.Id, 0, "");
            _children[key] = child;
            _runs[key] = ContainerRun.Start(key, pod.Namespace(), pod.Name(), PodPlanner.Grace(pod), _runs.GetValueOrDefault(key), identity, now);
            _state.Write(_runs.Values);
            child.Exited += (_, _) => Stirred?.Invoke();
            child.EnableRaisingEvents = true;
            var health = ContainerHealth.Begin(container, now, isAdopted: false, wasStarted: false, wasReady: false);
            _health[key] = health;
            _runs[key] = _runs[key] with { IsStarted = health.IsStarted, IsReady = health.IsReady };
            WorkloadLog.Started(_logger, key.Container, pod.Namespace(), pod.Name(), child.Id);
            if (container.At("lifecycle", "postStart") is { } hook) _hooks[key] = HookAsync("postStart", hook, container, pod, key, LongestStartHook, stopping);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or System.ComponentModel.Win32Exception)
        {
            Note(pod, key, new WaitingReason("RunContainerError", e.Message));
            return;
        }

        await _store.CreateAsync(RunnerEvent.About(pod, "Normal", "Started", $"Started container {key.Container}", _clock.GetUtcNow())).ConfigureAwait(false);
    }

    private async Task StopAsync(ContainerRun run, JsonObject? pod, DateTimeOffset by, CancellationToken stopping)
    {
        var container = pod?.ObjectsAt("spec", "containers").FirstOrDefault(container => container.TextAt("name") == run.Key.Container);
        if (container?.At("lifecycle", "preStop") is { } hook) await HookAsync("preStop", hook, container, pod!, run.Key, by - _clock.GetUtcNow(), stopping).ConfigureAwait(false);
        ProcessSignal.AskToStop(run.Process!);
    }

    private async Task HookAsync(string name, JsonNode hook, JsonObject container, JsonObject pod, ContainerKey key, TimeSpan most, CancellationToken stopping)
    {
        if (most <= TimeSpan.Zero) return;
        if (hook.NumberAt("sleep", "seconds") is { } seconds)
        {
            await Task.Delay(TimeSpan.FromSeconds(Math.Min(seconds, most.TotalSeconds)), _clock, stopping).ConfigureAwait(false);
            return;
        }

        if (_prepared.TryGetValue(key, out var prepared) && !await _prober.AskAsync(hook, container, prepared, most, stopping).ConfigureAwait(false))
            WorkloadLog.HookFailed(_logger, name, key.Container, pod.Namespace(), pod.Name());
    }

    private void Ask(List<JsonObject> pods, CancellationToken stopping)
    {
        var now = _clock.GetUtcNow();
        foreach (var pod in pods)
        {
            foreach (var container in pod.ObjectsAt("spec", "containers"))
            {
                var key = new ContainerKey(pod.Uid(), container.TextAt("name") ?? "");
                if (!_health.TryGetValue(key, out var health) || !_prepared.TryGetValue(key, out var prepared) || _runs[key] is not { IsRunning: true, StopBy: null }) continue;
                foreach (var kind in health.Due(now).Where(kind => !_questions.ContainsKey((key, kind))))
                {
                    var probe = container[ContainerHealth.Field(kind)]!;
                    _questions[(key, kind)] = AnswerAsync(_prober.AskAsync(probe, container, prepared, ProbeSettings.Read(probe).Timeout, stopping));
                }
            }
        }
    }

    private async Task<bool> AnswerAsync(Task<bool> question)
    {
        try
        {
            return await question.ConfigureAwait(false);
        }
        finally
        {
            Stirred?.Invoke();
        }
    }

    private async Task ReportAsync(List<JsonObject> pods, IReadOnlyList<string> addresses)
    {
        foreach (var pod in pods)
        {
            if (PodPlanner.IsOver(pod, _runs))
            {
                await _store.DeleteAsync(pod, 0).ConfigureAwait(false);
                continue;
            }

            var status = PodStatus.Of(pod, _runs, _waiting, addresses, _clock.GetUtcNow());
            if (!JsonNode.DeepEquals(pod["status"], status)) await _store.WriteStatusAsync(pod, status).ConfigureAwait(false);
        }

        // Pods that never ran anything leave only their folder.
        var known = pods.Select(pod => pod.Uid()).Concat(_runs.Keys.Select(key => key.PodUid)).ToHashSet();
        foreach (var key in _waiting.Keys.Concat(_prepared.Keys).Where(key => !known.Contains(key.PodUid)).Distinct().ToList())
        {
            _waiting.Remove(key);
            _prepared.Remove(key);
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
