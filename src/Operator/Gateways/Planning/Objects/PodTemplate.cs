using System.Text.Json.Nodes;
using GatewayConfig;
using GatewayConfig.Channel;
using Operator.Resources;
using Operator.Resources.VpnGateways;

namespace Operator.Gateways.Planning.Objects;

/// <summary>The pod that a gateway runs in. Why it has the rights it has is in ADR 10.</summary>
internal static class PodTemplate
{
    /// <summary>Digest of the fields that a gateway takes up at its start only: another value rolls the pods,
    /// everything else is followed while they run.</summary>
    public const string RestartAnnotation = $"{ApiGroup.Name}/restart-digest";

    private const long UserId = 65532; // As the image has it: nobody's on any distribution.

    public static JsonObject Make(
        VpnGateway gateway, GatewayConfiguration configuration, GatewaySettings settings, string? tlsSecret)
    {
        var workload = gateway.Spec.Workload;
        var spec = new JsonObject
        {
            ["serviceAccountName"] = GatewayNames.Workload(gateway.Metadata.Name),
            ["automountServiceAccountToken"] = false,
            ["enableServiceLinks"] = false,
            ["hostNetwork"] = true,
            ["dnsPolicy"] = "ClusterFirstWithHostNet",
            ["terminationGracePeriodSeconds"] = (long)GracePeriod.For(configuration.DrainTime).TotalSeconds,
            ["securityContext"] = PodSecurity(),
            ["containers"] = new JsonArray(Container(gateway, settings)),
            ["volumes"] = Volumes(gateway, tlsSecret),
        };
        Placement.Add(spec, gateway);
        if (workload.PriorityClassName is { } priority) spec["priorityClassName"] = priority;
        if (workload.ImagePullSecrets.Count > 0)
            spec["imagePullSecrets"] = new JsonArray(
                [.. workload.ImagePullSecrets.Select(secret => new JsonObject { ["name"] = secret.Name })]);

        return new JsonObject
        {
            ["metadata"] = new JsonObject
            {
                ["labels"] = ObjectHead.Labels(gateway),
                ["annotations"] = new JsonObject { [RestartAnnotation] = RestartDigest(configuration) },
            },
            ["spec"] = spec,
        };
    }

    private static string RestartDigest(GatewayConfiguration configuration)
    {
        var fields = string.Join('\n',
            string.Join(' ', configuration.Listening.Addresses), configuration.Network.Device,
            configuration.Network.Mtu, configuration.Network.Queues,
            configuration.Network.EnableForwarding, configuration.Addressing.LeaseFile,
            configuration.Admin.Listen, configuration.Admin.Tls?.Listen);
        return ContentDigest.Of(fields)[..16];
    }

    private static JsonObject PodSecurity() => new()
    {
        ["runAsNonRoot"] = true,
        ["runAsUser"] = UserId,
        ["runAsGroup"] = UserId,
        ["fsGroup"] = UserId,
        ["seccompProfile"] = new JsonObject { ["type"] = "RuntimeDefault" },
    };

    private static JsonArray Environment(GatewaySettings settings)
    {
        var variables = new JsonArray(new JsonObject { ["name"] = "STATE_DIRECTORY", ["value"] = GatewayNames.StateFolder });
        foreach (var (name, value) in settings.Environment.OrderBy(variable => variable.Key, StringComparer.Ordinal))
            variables.Add((JsonNode)new JsonObject { ["name"] = name, ["value"] = value });
        return variables;
    }

    private static JsonObject Container(VpnGateway gateway, GatewaySettings settings)
    {
        var spec = gateway.Spec;
        return new JsonObject
        {
            ["name"] = "gateway",
            ["image"] = spec.Workload.Image ?? settings.Image,
            ["args"] = new JsonArray("run", "--config", $"{GatewayNames.ConfigFolder}/{GatewayNames.ConfigKey}"),
            // Where bundles are kept; also for whoever runs pods as processes and puts the folders elsewhere.
            ["env"] = Environment(settings),
            ["ports"] = new JsonArray(
                Port("sstp", spec.Listening.Port),
                Port("channel", spec.Administration.ChannelPort),
                Port("probe", spec.Administration.ProbePort, "127.0.0.1")),
            ["resources"] = Resources(spec.Workload.Resources),
            ["securityContext"] = new JsonObject
            {
                ["allowPrivilegeEscalation"] = false,
                ["readOnlyRootFilesystem"] = true,
                ["capabilities"] = new JsonObject
                {
                    ["drop"] = new JsonArray("ALL"), ["add"] = new JsonArray("NET_ADMIN", "NET_BIND_SERVICE"),
                },
            },
            // Loading certificates and making the tunnel takes a second; a minute is for a node under load.
            ["startupProbe"] = Probe("/healthz", spec, period: 2, failures: 30),
            ["readinessProbe"] = Probe("/readyz", spec, period: 5, failures: 2),
            ["livenessProbe"] = Probe("/healthz", spec, period: 10, failures: 6),
            ["terminationMessagePolicy"] = "FallbackToLogsOnError",
            ["volumeMounts"] = new JsonArray([.. Mounts(gateway).Select(mount => (JsonNode)mount)]),
        };
    }

    // With the node's network a container's port is the node's, and declared ones are what the scheduler can keep apart.
    private static JsonObject Port(string name, int number, string? address = null)
    {
        var port = new JsonObject { ["name"] = name, ["containerPort"] = number, ["hostPort"] = number, ["protocol"] = "TCP" };
        if (address is not null) port["hostIP"] = address;
        return port;
    }

    private static JsonObject Resources(ResourceQuantities? resources)
    {
        if (resources is null) return new JsonObject { ["requests"] = new JsonObject { ["cpu"] = "50m", ["memory"] = "96Mi" } };
        var result = new JsonObject();
        if (resources.Requests.Count > 0) result["requests"] = Map(resources.Requests);
        if (resources.Limits.Count > 0) result["limits"] = Map(resources.Limits);
        return result;
    }

    private static JsonObject Map(IReadOnlyDictionary<string, string> map) =>
        new(map.OrderBy(entry => entry.Key, StringComparer.Ordinal)
            .Select(entry => KeyValuePair.Create(entry.Key, (JsonNode?)entry.Value)));

    private static JsonObject Probe(string path, VpnGatewaySpec spec, int period, int failures) => new()
    {
        ["httpGet"] = new JsonObject
        {
            ["host"] = "127.0.0.1", ["path"] = path, ["port"] = spec.Administration.ProbePort, ["scheme"] = "HTTP",
        },
        ["periodSeconds"] = period,
        ["timeoutSeconds"] = 5,
        ["failureThreshold"] = failures,
    };

    private static IEnumerable<JsonObject> Mounts(VpnGateway gateway)
    {
        yield return Mount("config", GatewayNames.ConfigFolder, readOnly: true);
        yield return Mount("channel", GatewayNames.ChannelFolder, readOnly: true);
        if (gateway.Spec.Certificate is not null) yield return Mount("tls", GatewayNames.TlsFolder, readOnly: true);
        if (gateway.Spec.Authentication.UsersSecret is not null)
            yield return Mount("users", GatewayNames.UsersFolder, readOnly: true);
        if (gateway.Spec.Decoy.ConfigMapName is not null) yield return Mount("decoy", GatewayNames.DecoyFolder, readOnly: true);
        yield return Mount("state", GatewayNames.StateFolder, readOnly: false);
        yield return Mount("tun", "/dev/net/tun", readOnly: false);
    }

    private static JsonObject Mount(string name, string path, bool readOnly)
    {
        var mount = new JsonObject { ["name"] = name, ["mountPath"] = path };
        if (readOnly) mount["readOnly"] = true;
        return mount;
    }

    private static JsonArray Volumes(VpnGateway gateway, string? tlsSecret)
    {
        var name = gateway.Metadata.Name;
        var volumes = new JsonArray
        {
            SecretVolume("config", GatewayNames.Config(name)),
            SecretVolume("channel", GatewayNames.Channel(name)),
        };
        // Optional: a gateway starts without, serves a placeholder and answers challenges,
        // so that a first certificate can be had at all.
        if (gateway.Spec.Certificate is not null)
            volumes.Add(SecretVolume("tls", tlsSecret ?? GatewayNames.MadeTlsSecret(name), optional: true));
        if (gateway.Spec.Authentication.UsersSecret is { } users) volumes.Add(SecretVolume("users", users.Name));
        if (gateway.Spec.Decoy.ConfigMapName is { } decoy)
            volumes.Add(
                new JsonObject { ["name"] = "decoy", ["configMap"] = new JsonObject { ["name"] = decoy, ["optional"] = true } });
        volumes.Add(gateway.Spec.Workload.StateFolder is { } folder
            ? new JsonObject { ["name"] = "state", ["hostPath"] = new JsonObject { ["path"] = folder, ["type"] = "Directory" } }
            : new JsonObject { ["name"] = "state", ["emptyDir"] = new JsonObject { ["sizeLimit"] = "64Mi" } });
        volumes.Add(new JsonObject
        {
            ["name"] = "tun", ["hostPath"] = new JsonObject { ["path"] = "/dev/net/tun", ["type"] = "CharDevice" },
        });
        return volumes;
    }

    private static JsonObject SecretVolume(string name, string secret, bool optional = false)
    {
        // 0440: for the group that the pod runs as.
        var source = new JsonObject { ["secretName"] = secret, ["defaultMode"] = 288 };
        if (optional) source["optional"] = true;
        return new JsonObject { ["name"] = name, ["secret"] = source };
    }
}
