namespace LocalControlPlane.Workloads.Probes;

/// <summary>Whether a container may go on.</summary>
internal enum HealthVerdict
{
    Good,

    /// <summary>Its liveness or startup probe failed as often as allowed: it must be restarted.</summary>
    Failed,
}
