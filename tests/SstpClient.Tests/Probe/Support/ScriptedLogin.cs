using System.Net;
using SstpClient.Probe;
using SstpClient.Probe.Reports;

namespace SstpClient.Tests.Probe.Support;

internal sealed class ScriptedLogin(string? failure = null) : IProbeLogin
{
    public (IPEndPoint Server, string User, string Password)? Asked { get; private set; }

    public Task<LoginFindings> LoginAsync(
        ProbeTarget target, IPEndPoint server, ProbeCredentials credentials, CancellationToken stopping)
    {
        Asked = (server, credentials.UserName, credentials.Password);
        return failure is null
            ? Task.FromResult(new LoginFindings("EAP-MSCHAPv2", ["10.254.0.2"], ["10.254.0.1"]))
            : throw new ProbeException(failure);
    }
}
