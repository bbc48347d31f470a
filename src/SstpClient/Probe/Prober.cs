using SstpClient.Probe.Reports;

namespace SstpClient.Probe;

/// <summary>Finds out whether an SSTP server can be reached and used, and if not, which layer is to blame.</summary>
/// <remarks>For health checks as much as for people: no step has effects on the server but a call that ends at once.</remarks>
/// <param name="login">Null when this program cannot log in; then a target's credentials are left unused.</param>
public sealed class Prober(IProbeLogin? login, TimeProvider clock)
{
    /// <summary>Probes once. What is wrong with the server is in the report; only <paramref name="stopping"/>
    /// ends it otherwise.</summary>
    public async Task<ProbeReport> RunAsync(ProbeTarget target, CancellationToken stopping)
    {
        await using var run = new ProbeRun(target, login, clock);
        return await run.RunAsync(stopping);
    }
}
