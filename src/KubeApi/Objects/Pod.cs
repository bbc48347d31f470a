namespace KubeApi.Objects;

/// <summary>A core/v1 Pod, as far as a controller asks how it is doing.</summary>
public sealed record Pod(PodSpec? Spec, PodStatus? Status)
{
    public bool IsReady => Status?.Conditions?.Any(condition => condition is { Type: "Ready", Status: "True" }) ?? false;
}

/// <param name="NodeName">Null until the pod is scheduled.</param>
public sealed record PodSpec(string? NodeName);

/// <param name="Phase">Pending, Running, Succeeded, Failed or Unknown.</param>
/// <param name="Reason">Why the whole pod failed, such as "Evicted" or "NodePorts".</param>
public sealed record PodStatus(
    string? Phase, string? Reason, string? Message, string? PodIP, string? HostIP,
    IReadOnlyList<PodCondition>? Conditions, IReadOnlyList<ContainerStatus>? ContainerStatuses);

public sealed record PodCondition(string Type, string Status, string? Reason, string? Message);

/// <param name="ImageID">With the digest that runs, once it runs.</param>
public sealed record ContainerStatus(
    string Name, bool Ready, int RestartCount, string? Image, string? ImageID, ContainerState? State, ContainerState? LastState);

/// <summary>One of the three is set.</summary>
public sealed record ContainerState(ContainerWaiting? Waiting, ContainerRunning? Running, ContainerTerminated? Terminated);

/// <param name="Reason">Such as "ImagePullBackOff" or "CrashLoopBackOff".</param>
public sealed record ContainerWaiting(string? Reason, string? Message);

public sealed record ContainerRunning(DateTimeOffset? StartedAt);

public sealed record ContainerTerminated(int ExitCode, string? Reason, string? Message);
