using Operator.Resources;

namespace Operator.Gateways.Planning;

/// <summary>What is done about a gateway that is being deleted: the name goes and the gateways drain, then everything else.</summary>
internal static class Deletion
{
    private static readonly string[] First = ["DdnsRecord", "Deployment", "DaemonSet"];

    /// <returns>What to delete now, and whether the finalizer may go because nothing is left.</returns>
    public static (IReadOnlyList<OwnedObject> Now, bool IsDone) Plan(GatewayFacts facts)
    {
        if (facts.Gateway.Metadata.Annotations.GetValueOrDefault(ApiGroup.ForceFinalizeAnnotation) == "true") return (facts.Owned, true);

        // As long as there are pods, calls may still be up, and they need what the pods mount.
        var isServing = facts.Pods.Count > 0 || facts.Owned.Any(owned => First.Contains(owned.Kind));
        IReadOnlyList<OwnedObject> now = isServing ? [.. facts.Owned.Where(owned => First.Contains(owned.Kind))] : facts.Owned;
        return (now, !isServing && now.Count == 0);
    }
}
