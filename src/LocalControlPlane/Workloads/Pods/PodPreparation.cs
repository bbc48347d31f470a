using System.Text.Json.Nodes;
using LocalControlPlane.Workloads.Processes;
using LocalControlPlane.Workloads.Volumes;
using Microsoft.Extensions.Logging;

namespace LocalControlPlane.Workloads.Pods;

/// <summary>Brings the volumes and programs of pods to the state of their objects, and keeps why that cannot be done.</summary>
internal sealed class PodPreparation(IWorkloadStore store, RunnerOptions options, ILogger logger)
{
    private readonly Dictionary<ContainerKey, PreparedContainer> _prepared = [];
    private readonly Dictionary<ContainerKey, WaitingReason> _waiting = [];
    private readonly List<(JsonObject Pod, string Problem)> _failedMounts = [];

    /// <summary>Containers that cannot be started now.</summary>
    public IReadOnlyDictionary<ContainerKey, WaitingReason> Waiting => _waiting;

    /// <summary>The last state in which the container could be started; null when there was none.</summary>
    public PreparedContainer? Find(ContainerKey key) => _prepared.GetValueOrDefault(key);

    /// <summary>Files of running containers follow their objects, too.</summary>
    public void Pass(IEnumerable<JsonObject> pods, IReadOnlyList<string> addresses)
    {
        foreach (var pod in pods.Where(pod => !pod.IsTerminating()))
        {
            var (volumes, problem) = WriteVolumes(pod, addresses);
            var preparation = new ContainerPreparation(options, Lookup, addresses);
            foreach (var container in pod.ObjectsAt("spec", "containers"))
            {
                var key = new ContainerKey(pod.Uid(), container.TextAt("name") ?? "");
                var (prepared, objection) = problem is null ? preparation.Prepare(pod, container, volumes) : (null, problem);
                if (prepared is not null) _prepared[key] = prepared;
                Note(pod, key, objection);
            }
        }
    }

    /// <param name="objection">Null when nothing stands in the way any more.</param>
    public void Note(JsonObject pod, ContainerKey key, WaitingReason? objection)
    {
        if (objection is null)
        {
            _waiting.Remove(key);
            return;
        }

        if (_waiting.TryGetValue(key, out var before) && before == objection) return;
        _waiting[key] = objection;
        if (objection.IsOfVolume) _failedMounts.Add((pod, objection.Message));
        WorkloadLog.CannotStart(logger, key.Container, pod.Namespace(), pod.Name(), objection.Message);
    }

    /// <summary>Volumes that turned out not to be had since the last call: the status of a pod
    /// says nothing of why, so an event has to.</summary>
    public IReadOnlyList<(JsonObject Pod, string Problem)> TakeFailedMounts()
    {
        var taken = _failedMounts.ToArray();
        _failedMounts.Clear();
        return taken;
    }

    public void Forget(ContainerKey key)
    {
        _prepared.Remove(key);
        _waiting.Remove(key);
    }

    /// <summary>Containers of pods that are gone and that never ran.</summary>
    public IReadOnlyList<ContainerKey> Outside(IReadOnlySet<string> podUids) =>
        [.. _waiting.Keys.Concat(_prepared.Keys).Where(key => !podUids.Contains(key.PodUid)).Distinct()];

    private JsonObject? Lookup(string kind, string space, string name) => store.Find("v1", kind, space, name);

    private (IReadOnlyList<PlannedVolume> Volumes, WaitingReason? Problem) WriteVolumes(
        JsonObject pod, IReadOnlyList<string> addresses)
    {
        var (volumes, problem) = new VolumePlanner(Lookup, addresses).Plan(pod, options.PodFolder(pod.Uid()));
        try
        {
            problem ??= HostPathCheck.Problem(pod);
            VolumeFolders.Write(options.PodFolder(pod.Uid()), volumes);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            problem = new WaitingReason("CreateContainerError", e.Message);
        }

        return (volumes, problem);
    }
}
