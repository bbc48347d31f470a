using KubeApi.Client;
using KubeApi.Credentials;
using Microsoft.Extensions.Logging.Abstractions;

namespace KubeApi.Tests.Server;

public static class Clients
{
    public static KubeClient To(ScriptedServer server, TimeProvider time) =>
        To(new ClusterAccess { Server = server.Address }, time);

    public static KubeClient To(ClusterAccess access, TimeProvider time) =>
        new(access, new KubeClientOptions { UserAgent = "kubeapi-tests/1" }, time, NullLogger<KubeClient>.Instance);
}
