namespace KubeApi.Credentials;

/// <summary>Access from inside a pod, by its service account.</summary>
public static class InCluster
{
    private const string ServiceAccountFolder = "/var/run/secrets/kubernetes.io/serviceaccount";

    /// <summary>Null when this process does not run in a pod.</summary>
    public static ClusterAccess? TryLoad(TimeProvider time) =>
        TryLoad(Environment.GetEnvironmentVariable, ServiceAccountFolder, time);

    internal static ClusterAccess? TryLoad(Func<string, string?> environment, string folder, TimeProvider time)
    {
        if (environment("KUBERNETES_SERVICE_HOST") is not { Length: > 0 } host
            || environment("KUBERNETES_SERVICE_PORT") is not { Length: > 0 } port) return null;

        var bracketed = host.Contains(':') ? $"[{host}]" : host;
        var @namespace = Path.Combine(folder, "namespace");
        return new ClusterAccess
        {
            Server = new Uri($"https://{bracketed}:{port}"),
            DefaultNamespace = File.Exists(@namespace) ? File.ReadAllText(@namespace).Trim() : "default",
            Roots = TrustedRoots.FromFile(Path.Combine(folder, "ca.crt")),
            Credentials = new TokenFile(Path.Combine(folder, "token"), time),
        };
    }
}
