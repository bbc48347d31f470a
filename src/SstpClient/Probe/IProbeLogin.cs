using System.Net;
using SstpClient.Probe.Reports;

namespace SstpClient.Probe;

/// <summary>Logs in for a probe, as far as an address in the tunnel, and out again.</summary>
public interface IProbeLogin
{
    /// <summary>Makes a connection of its own to the server that the steps before it have found in order.</summary>
    /// <param name="target">Verify the certificate as it says: <see cref="ProbeTarget.Host"/>
    /// and <see cref="ProbeTarget.Authorities"/>.</param>
    /// <exception cref="ProbeException">The log-in failed; the message says why.</exception>
    Task<LoginFindings> LoginAsync(
        ProbeTarget target, IPEndPoint server, ProbeCredentials credentials, CancellationToken stopping);
}
