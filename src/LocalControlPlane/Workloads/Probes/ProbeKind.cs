namespace LocalControlPlane.Workloads.Probes;

internal enum ProbeKind
{
    /// <summary>The others wait until it has succeeded once.</summary>
    Startup,
    Liveness,
    Readiness,
}
