namespace LocalControlPlane.Workloads.Pods;

/// <summary>A container of one pod, and of no successor of its name.</summary>
internal readonly record struct ContainerKey(string PodUid, string Container)
{
    public override string ToString() => $"{PodUid}/{Container}";
}
