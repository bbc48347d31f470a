using Microsoft.Extensions.Logging;

namespace LocalControlPlane.Workloads;

/// <summary>Events 7150 to 7199.</summary>
internal static partial class WorkloadLog
{
    [LoggerMessage(7150, LogLevel.Information, "Started container {Container} of pod {Namespace}/{Pod} as process {Pid}")]
    public static partial void Started(ILogger logger, string container, string @namespace, string pod, int pid);

    [LoggerMessage(7151, LogLevel.Information, "Stopping container {Container} of pod {Namespace}/{Pod}: {Why}")]
    public static partial void Stopping(ILogger logger, string container, string @namespace, string pod, string why);

    [LoggerMessage(7152, LogLevel.Warning, "Killed container {Container} of pod {Namespace}/{Pod}: it did not stop in time")]
    public static partial void Killed(ILogger logger, string container, string @namespace, string pod);

    [LoggerMessage(7153, LogLevel.Warning, "Container {Container} of pod {Namespace}/{Pod} ended with exit code {Code}")]
    public static partial void Ended(ILogger logger, string container, string @namespace, string pod, int? code);

    [LoggerMessage(7154, LogLevel.Information,
        "Adopted container {Container} of pod {Namespace}/{Pod}, running as process {Pid}")]
    public static partial void Adopted(ILogger logger, string container, string @namespace, string pod, int pid);

    [LoggerMessage(7155, LogLevel.Warning, "Container {Container} of pod {Namespace}/{Pod} cannot start: {Problem}")]
    public static partial void CannotStart(ILogger logger, string container, string @namespace, string pod, string problem);

    [LoggerMessage(7156, LogLevel.Warning, "The pass over the workloads failed and will be repeated: {Problem}")]
    public static partial void PassFailed(ILogger logger, string problem);

    [LoggerMessage(7157, LogLevel.Warning, "The hook {Hook} of container {Container} of pod {Namespace}/{Pod} failed")]
    public static partial void HookFailed(ILogger logger, string hook, string container, string @namespace, string pod);

    [LoggerMessage(7158, LogLevel.Information, "Pod {Namespace}/{Pod} waits: {Objection}")]
    public static partial void NotScheduled(ILogger logger, string @namespace, string pod, string objection);
}
