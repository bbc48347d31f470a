using System.Diagnostics;
using KubeApi.Objects;

namespace Operator.Reconciling;

/// <summary>Spans of the operator: a pass over a resource, and in it the calls to DNS services and CAs.
/// Never what was sent or answered.</summary>
internal static class ReconcileTracing
{
    public const string SourceName = "Operator.Reconciling";

    private static readonly ActivitySource Source = new(SourceName);

    /// <returns>Null while nobody wants traces.</returns>
    public static Activity? Pass(string kind, ObjectKey key) => Source.StartActivity($"reconcile {kind}")?
        .SetTag("k8s.namespace.name", key.Namespace).SetTag("sstp.resource.kind", kind).SetTag("sstp.resource.name", key.Name);

    /// <param name="service">What kind of service, such as "Cloudflare"; not which account.</param>
    public static Activity? Call(string service, string call) => Source.StartActivity($"{service} {call}", ActivityKind.Client);

    /// <param name="error">A class of errors or the name of an exception's type: messages may hold what is nobody's business.
    /// Null for none.</param>
    public static void End(Activity? span, string result, string? error)
    {
        span?.SetTag("sstp.result", result);
        if (error is not null) span?.SetTag("error.type", error).SetStatus(ActivityStatusCode.Error);
    }
}
