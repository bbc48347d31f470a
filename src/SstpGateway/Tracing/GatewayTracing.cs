using System.Diagnostics;
using SstpGateway.Metrics;

namespace SstpGateway.Tracing;

/// <summary>Spans of the gateway: log-ins. Neither users nor addresses nor anything they sent is in them.</summary>
internal static class GatewayTracing
{
    public const string SourceName = "SstpGateway";

    private static readonly ActivitySource Source = new(SourceName);

    /// <returns>Null while nobody wants traces.</returns>
    public static Activity? LogIn<TMethod>(TMethod method)
        where TMethod : struct, Enum =>
        Source.StartActivity("log-in", ActivityKind.Server)?.SetTag("sstp.login.method", TagValue<TMethod>.Of(method));

    public static void Decided<TResult>(Activity? span, TResult result, bool accepted)
        where TResult : struct, Enum
    {
        span?.SetTag("sstp.login.result", TagValue<TResult>.Of(result));
        if (!accepted) span?.SetStatus(ActivityStatusCode.Error);
    }
}
