using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace LocalControlPlane.Workloads.Controllers;

/// <summary>Pods from the template of a workload.</summary>
internal static class PodTemplate
{
    /// <summary>Labels that say which state of the template a pod was made from, as the real controllers set them.</summary>
    public const string DeploymentHash = "pod-template-hash", DaemonSetHash = "controller-revision-hash";

    public static string HashLabel(JsonObject owner) => owner.TextAt("kind") == "DaemonSet" ? DaemonSetHash : DeploymentHash;

    /// <summary>The same for the same template, whatever the order of its fields.</summary>
    public static string Hash(JsonObject owner) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Canonical(owner.At("spec", "template")))))[..10];

    public static JsonObject Make(JsonObject owner)
    {
        var template = owner.At("spec", "template");
        var metadata = template.At("metadata")?.DeepClone() as JsonObject ?? [];
        if (metadata["labels"] is not JsonObject labels) metadata["labels"] = labels = [];
        labels[HashLabel(owner)] = Hash(owner);
        metadata.Remove("creationTimestamp");
        metadata["generateName"] = $"{owner.Name()}-";
        metadata["namespace"] = owner.Namespace();
        metadata["ownerReferences"] = new JsonArray(new JsonObject
        {
            ["apiVersion"] = owner.TextAt("apiVersion"), ["kind"] = owner.TextAt("kind"),
            ["name"] = owner.Name(), ["uid"] = owner.Uid(),
            ["controller"] = true, ["blockOwnerDeletion"] = true,
        });
        return new JsonObject
        {
            ["apiVersion"] = "v1", ["kind"] = "Pod", ["metadata"] = metadata, ["spec"] = template.At("spec")?.DeepClone(),
        };
    }

    /// <summary>The pods that a workload controls.</summary>
    public static IReadOnlyList<JsonObject> Owned(JsonObject owner, IEnumerable<JsonObject> pods) =>
        [.. pods.Where(pod => pod.Namespace() == owner.Namespace() && pod.ObjectsAt("metadata", "ownerReferences")
            .Any(o => o.TextAt("uid") == owner.Uid() && o.FlagAt("controller")))];

    private static string Canonical(JsonNode? node) => node switch
    {
        JsonObject fields =>
            $"{{{string.Join(',', fields.OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => $"{JsonValue.Create(f.Key).ToJsonString()}:{Canonical(f.Value)}"))}}}",
        JsonArray elements => $"[{string.Join(',', elements.Select(Canonical))}]",
        null => "null",
        _ => node.ToJsonString(),
    };
}
