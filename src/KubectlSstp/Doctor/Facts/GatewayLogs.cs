using KubeApi.Client;
using KubeApi.Objects;
using KubectlSstp.Cluster;
using Operator.Resources.VpnGateways;

namespace KubectlSstp.Doctor.Facts;

/// <summary>Reads the logs of a gateway's pods. That takes a right which not everybody has;
/// without it that part is left out, and said to be.</summary>
internal sealed class GatewayLogs(ClusterSession cluster)
{
    /// <summary>Lines of each pod's log that are looked through.</summary>
    private const int Lines = 2000;

    /// <returns>What came to nothing, pod by pod; null with the reason when no log could be read.</returns>
    public async Task<(IReadOnlyList<FailedCall>? Calls, string? Problem)> ReadAsync(
        VpnGateway gateway, CancellationToken stopping)
    {
        var calls = new List<FailedCall>();
        var (read, problem) = (0, "No gateway runs whose log could be read.");
        foreach (var pod in gateway.Status?.Gateways ?? [])
        {
            try
            {
                if (await cluster.Client.ReadLogAsync(new ObjectKey(cluster.Namespace, pod.Name), Lines, stopping)
                    .ConfigureAwait(false) is { } log)
                {
                    calls.AddRange(FailureLog.Read(log));
                    read++;
                }
                else
                {
                    problem = $"There is no log of pod {pod.Name}.";
                }
            }
            catch (KubeApiException e)
            {
                // What the gateways say is one witness of several.
                problem = e.IsForbidden
                    ? "The gateways' logs may not be read with your rights (get of pods/log)."
                    : $"The log of pod {pod.Name} cannot be had: {e.Message}";
            }
        }
        return read == 0 ? (null, problem) : (calls, null);
    }
}
