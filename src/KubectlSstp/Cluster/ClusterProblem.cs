using KubeApi.Client;
using KubeApi.Credentials;

namespace KubectlSstp.Cluster;

/// <summary>What to tell the user when the cluster does not do what was asked.</summary>
internal static class ClusterProblem
{
    /// <returns>Null for what is no such problem, but a fault of this program.</returns>
    public static string? Explain(Exception exception) => exception switch
    {
        CredentialException => exception.Message,
        RefusedException => exception.Message,
        KubeApiException { IsForbidden: true } =>
            $"You may not do this: {exception.Message.TrimEnd('.')}. Ask whoever runs the cluster for that right "
            + "(docs/kubectl-sstp.md has Roles).",
        KubeApiException => exception.Message,
        HttpRequestException =>
            $"The cluster does not answer: {exception.Message}. Is the kubeconfig's server right, and reachable from here?",
        TimeoutException =>
            $"The cluster does not answer in time: {exception.Message} Is the kubeconfig's server "
            + "right, and reachable from here?",
        System.Net.Sockets.SocketException or IOException =>
            $"The connection to the cluster broke: {exception.Message} Try again.",
        _ => null,
    };
}
