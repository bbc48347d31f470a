using System.Text.Json;
using KubeApi.Objects;
using Operator.Resources;

namespace Operator.Reconciling;

/// <summary>The status that earlier passes wrote.</summary>
public static class StoredStatus
{
    /// <returns>Null when nobody has written any yet.</returns>
    public static TStatus? Read<TStatus>(KubeObject resource)
        where TStatus : ResourceStatus =>
        resource.Json.TryGetProperty("status", out var status) && status.ValueKind == JsonValueKind.Object
            ? status.Deserialize(ResourceJson.Info<TStatus>())
            : null;

    /// <summary>The value of the annotation reconcile-at that was handled last; null when none was.</summary>
    public static string? HandledReconcileAt(KubeObject resource) =>
        resource.Json.TryGetProperty("status", out var status) && status.TryGetProperty("handledReconcileAt", out var handled)
            ? handled.GetString()
            : null;
}
