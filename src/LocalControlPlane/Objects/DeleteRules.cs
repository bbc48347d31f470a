using System.Text.Json.Nodes;
using LocalControlPlane.Errors;
using LocalControlPlane.Resources;

namespace LocalControlPlane.Objects;

/// <summary>What a deletion turns an object into. Pure.</summary>
internal static class DeleteRules
{
    /// <summary>Holds an owner until those that block it are gone; the collector takes it away.</summary>
    public const string Foreground = "foregroundDeletion";

    /// <summary>Holds an owner until its dependents have been set free; the collector takes it away.</summary>
    public const string Orphan = "orphan";

    /// <summary>Holds a CustomResourceDefinition until its objects are gone.</summary>
    public const string Instances = "customresourcecleanup.apiextensions.k8s.io";

    // What a pod gets that does not say how long it takes to stop.
    private const long DefaultPodGraceSeconds = 30;

    public static void CheckPreconditions(ResourceType type, JsonObject stored, DeleteOptions options)
    {
        var name = stored.MetadataText("name")!;
        Check("UID", options.Uid, stored.MetadataText("uid"));
        Check("ResourceVersion", options.Revision, stored.MetadataText("resourceVersion"));

        void Check(string what, string? wanted, string? found)
        {
            if (wanted is not null && wanted != found)
                throw Failure.Conflict(
                    type, name, $"Precondition failed: {what} in precondition: {wanted}, {what} in object meta: {found}");
        }
    }

    /// <summary>The object marked as being deleted; null when nothing holds it, so that it can go at once.</summary>
    public static JsonObject? Mark(ResourceType type, JsonObject stored, DeleteOptions options, DateTimeOffset now)
    {
        var marked = (JsonObject)stored.DeepClone();
        marked.SetFinalizers(FinalizersFor(type, marked, options));
        var grace = GraceSeconds(type, stored, options);
        var isNamespace = type == BuiltInTypes.Namespace;
        if (marked.Finalizers().Count == 0 && grace == 0 && !isNamespace) return null;

        if (!marked.IsBeingDeleted()) marked.MarkDeleting(now, grace, type.CountsGenerations);
        else if (grace < marked.Metadata().Number("deletionGracePeriodSeconds"))
            marked.MarkDeleting(now, grace, countsGenerations: false);
        if (isNamespace) marked["status"] = new JsonObject { ["phase"] = "Terminating" };
        return marked;
    }

    /// <summary>Nothing holds an object that is being deleted any more.</summary>
    public static bool IsDone(ResourceType type, JsonObject body) =>
        body.IsBeingDeleted() && body.Finalizers().Count == 0 && body.Metadata().Number("deletionGracePeriodSeconds") == 0
        && type != BuiltInTypes.Namespace;

    private static IEnumerable<string> FinalizersFor(ResourceType type, JsonObject body, DeleteOptions options)
    {
        IEnumerable<string> finalizers = body.Finalizers();
        if (options.Policy is { } policy)
        {
            finalizers = finalizers.Where(name => name is not (Foreground or Orphan));
            if (policy == DeletePolicy.Foreground) finalizers = finalizers.Append(Foreground);
            if (policy == DeletePolicy.Orphan) finalizers = finalizers.Append(Orphan);
        }

        if (type == BuiltInTypes.CustomResourceDefinition && !body.IsBeingDeleted()) finalizers = finalizers.Append(Instances);
        return finalizers.Distinct(StringComparer.Ordinal);
    }

    // A pod on a node stays until its runner says that its processes have ended.
    private static long GraceSeconds(ResourceType type, JsonObject body, DeleteOptions options)
    {
        if (type != BuiltInTypes.Pod || (body["spec"] as JsonObject).Text("nodeName") is null) return 0;
        if ((body["status"] as JsonObject).Text("phase") is "Succeeded" or "Failed") return 0;
        var asked = options.GraceSeconds ?? (body["spec"]?["terminationGracePeriodSeconds"] is null
            ? DefaultPodGraceSeconds
            : (body["spec"] as JsonObject).Number("terminationGracePeriodSeconds"));
        return Math.Max(0, asked);
    }
}
