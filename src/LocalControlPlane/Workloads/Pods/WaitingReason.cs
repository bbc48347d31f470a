namespace LocalControlPlane.Workloads.Pods;

/// <summary>Why a container cannot be started.</summary>
/// <param name="Reason">As the kubelet names it.</param>
internal sealed record WaitingReason(string Reason, string Message);
