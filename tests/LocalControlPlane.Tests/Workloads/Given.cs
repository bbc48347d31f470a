using System.Text.Json.Nodes;
using LocalControlPlane.Tests.Schemas;

namespace LocalControlPlane.Tests.Workloads;

/// <summary>Objects for the tests of the runner.</summary>
internal static class Given
{
    public static DateTimeOffset Start { get; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static JsonObject Deployment(int replicas, string image = "gw:1", string extra = "") => Read.Object($$$"""
        {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"gw","namespace":"vpn","uid":"owner","generation":1},
         "spec":{"replicas":{{{replicas}}},"selector":{"matchLabels":{"app":"gw"}}{{{extra}}},
           "template":{"metadata":{"labels":{"app":"gw"} },"spec":{"hostNetwork":true,"containers":[{"name":"main","image":"{{{image}}}"}]} } } }
        """);

    public static JsonObject DaemonSet(string image = "gw:1", string nodeSelector = "{}", string extra = "") => Read.Object($$$"""
        {"apiVersion":"apps/v1","kind":"DaemonSet","metadata":{"name":"gw","namespace":"vpn","uid":"owner","generation":3},
         "spec":{"selector":{"matchLabels":{"app":"gw"}}{{{extra}}},
           "template":{"metadata":{"labels":{"app":"gw"} },"spec":{"hostNetwork":true,"nodeSelector":{{{nodeSelector}}},"containers":[{"name":"main","image":"{{{image}}}"}]} } } }
        """);

    public static JsonObject Node(string labels = "{}") =>
        Read.Object($$$"""{"apiVersion":"v1","kind":"Node","metadata":{"name":"n","labels":{{{labels}}} } }""");

    public static JsonObject Pod(string name, string spec = """{"containers":[{"name":"main","image":"gw:1"}]}""") => new()
    {
        ["apiVersion"] = "v1", ["kind"] = "Pod",
        ["metadata"] = new JsonObject
        {
            ["name"] = name, ["namespace"] = "vpn", ["uid"] = name, ["creationTimestamp"] = "2026-01-01T00:00:00Z",
        },
        ["spec"] = JsonNode.Parse(spec),
    };

    /// <summary>A pod that a workload made, as the store would hold it.</summary>
    public static JsonObject Owned(this JsonObject owner, string name, bool ready = true)
    {
        var pod = LocalControlPlane.Workloads.Controllers.PodTemplate.Make(owner);
        pod["metadata"]!["name"] = name;
        pod["metadata"]!["uid"] = name;
        pod["metadata"]!["creationTimestamp"] = "2026-01-01T00:00:00Z";
        pod["status"] = new JsonObject
        {
            ["phase"] = "Running",
            ["conditions"] = new JsonArray(new JsonObject
            {
                ["type"] = "Ready", ["status"] = ready ? "True" : "False", ["lastTransitionTime"] = "2026-01-01T00:00:00Z",
            }),
        };
        return pod;
    }

    public static JsonObject Terminating(this JsonObject pod)
    {
        pod["metadata"]!["deletionTimestamp"] = "2026-01-01T00:00:30Z";
        return pod;
    }
}
