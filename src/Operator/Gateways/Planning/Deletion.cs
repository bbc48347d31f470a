using Operator.Gateways.Planning.Status;
using Operator.Resources;

namespace Operator.Gateways.Planning;

/// <summary>What is done about a gateway that is being deleted: the name goes and the gateways drain,
/// then everything else.</summary>
/// <param name="Now">What to delete now.</param>
/// <param name="IsDone">Nothing is left, so the finalizer may go.</param>
/// <param name="Reason">What is waited for, in one word.</param>
/// <param name="Message">The same for a person.</param>
internal sealed record Deletion(IReadOnlyList<OwnedObject> Now, bool IsDone, string Reason, string Message)
{
    private static readonly string[] First = ["DdnsRecord", "Deployment", "DaemonSet"];

    /// <returns>Null when the gateway is not being deleted.</returns>
    public static Deletion? Of(GatewayFacts facts, Fleet fleet)
    {
        if (facts.Gateway.Metadata.DeletionTimestamp is null) return null;
        if (facts.Gateway.Metadata.Annotations.GetValueOrDefault(ApiGroup.ForceFinalizeAnnotation) == "true")
            return new Deletion(
                facts.Owned, IsDone: true, "CleaningUp", "being deleted: nothing is waited for, as the annotation asks");

        // As long as there are pods, calls may still be up, and they need what the pods mount.
        if (facts.Pods.Count > 0)
        {
            var draining = string.Join(", ", fleet.Members.Select(member => member.Where));
            return new Deletion(
                OfFirst(facts), IsDone: false, "Draining",
                $"being deleted: calls at {draining} may go on for at most {facts.Gateway.Spec.DrainTime}; "
                + "everything else goes after that");
        }

        var first = OfFirst(facts);
        var now = first.Count > 0 ? first : facts.Owned;
        return new Deletion(now, now.Count == 0, "CleaningUp", now.Count == 0
            ? "being deleted: everything that was made for it is gone"
            : "being deleted: no gateway runs any more; waits for these to go: "
                + $"{string.Join(", ", now.Select(owned => $"{owned.Kind} {owned.Name}"))}");
    }

    private static List<OwnedObject> OfFirst(GatewayFacts facts) => [.. facts.Owned.Where(owned => First.Contains(owned.Kind))];
}
