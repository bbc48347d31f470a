namespace LocalControlPlane.Workloads.Pods;

/// <summary>One thing for the shell to do.</summary>
internal abstract record ContainerAction(ContainerKey Key)
{
    public sealed record Start(ContainerKey Key) : ContainerAction(Key);

    /// <summary>Runs preStop and asks it to stop (SIGTERM).</summary>
    /// <param name="By">It is killed then.</param>
    public sealed record Stop(ContainerKey Key, DateTimeOffset By, string Why) : ContainerAction(Key);

    public sealed record Kill(ContainerKey Key) : ContainerAction(Key);

    /// <summary>Its pod is gone and it does not run: nothing is left to know of it.</summary>
    public sealed record Forget(ContainerKey Key) : ContainerAction(Key);
}
