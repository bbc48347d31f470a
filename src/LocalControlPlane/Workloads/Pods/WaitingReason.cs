namespace LocalControlPlane.Workloads.Pods;

/// <summary>Why a container cannot be started.</summary>
/// <param name="Reason">As the kubelet names it.</param>
internal sealed record WaitingReason(string Reason, string Message)
{
    /// <summary>A volume cannot be had: the kubelet leaves the container "creating", and says why in an event only.</summary>
    public bool IsOfVolume => Reason == "ContainerCreating";
}
