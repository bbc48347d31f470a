using System.Globalization;
using System.Text.Json.Nodes;
using LocalControlPlane.Workloads.Controllers;

namespace LocalControlPlane.Workloads.Nodes;

/// <summary>The one Node. Pure.</summary>
internal static class NodeObject
{
    public static JsonObject Body(RunnerOptions options, HostFacts facts)
    {
        var labels = new JsonObject
        {
            ["kubernetes.io/hostname"] = options.NodeName,
            ["kubernetes.io/os"] = "linux",
            ["kubernetes.io/arch"] = facts.Architecture,
            ["node-role.kubernetes.io/control-plane"] = "",
        };
        foreach (var (name, value) in options.NodeLabels) labels[name] = value;
        return new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Node",
            ["metadata"] = new JsonObject { ["name"] = options.NodeName, ["labels"] = labels },
        };
    }

    public static JsonObject Status(JsonObject node, HostFacts facts, DateTimeOffset now) => new()
    {
        ["addresses"] = new JsonArray(
            [.. facts.Addresses.Select(address => Address("InternalIP", address)), Address("Hostname", facts.HostName)]),
        ["capacity"] = Capacity(facts),
        ["allocatable"] = Capacity(facts),
        ["conditions"] = new JsonArray(
            Conditions.Set(node.At("status", "conditions"), "Ready", true, "KubeletReady", "the local runner is up", now)),
        ["nodeInfo"] = new JsonObject
        {
            ["architecture"] = facts.Architecture, ["bootID"] = facts.BootId,
            ["containerRuntimeVersion"] = "local://1", ["kernelVersion"] = facts.Kernel,
            ["kubeletVersion"] = $"v{typeof(NodeObject).Assembly.GetName().Version?.ToString(3)}",
            ["machineID"] = facts.MachineId, ["operatingSystem"] = "linux",
            ["osImage"] = facts.OsImage, ["systemUUID"] = facts.MachineId, ["kubeProxyVersion"] = "",
        },
    };

    private static JsonObject Address(string type, string address) => new JsonObject { ["type"] = type, ["address"] = address };

    private static JsonObject Capacity(HostFacts facts) => new()
    {
        ["cpu"] = facts.Processors.ToString(CultureInfo.InvariantCulture),
        ["memory"] = $"{facts.MemoryBytes / 1024}Ki",
        ["pods"] = "110",
    };
}
