using KubeApi.Credentials;

namespace KubeApi.Client;

/// <summary>How a call of the cluster ends when the world is at fault and not the program.</summary>
public static class ClusterFailures
{
    /// <summary>True for refusals, networks that fail, waits that were too long, and credentials that cannot be had. A call that
    /// its caller gave up is none.</summary>
    public static bool Include(Exception e) =>
        e is KubeApiException or HttpRequestException or IOException or TimeoutException or CredentialException;
}
