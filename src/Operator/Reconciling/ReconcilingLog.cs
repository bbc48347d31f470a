using Microsoft.Extensions.Logging;

namespace Operator.Reconciling;

/// <summary>Event ids 8100 to 8199.</summary>
internal static partial class ReconcilingLog
{
    [LoggerMessage(8100, LogLevel.Warning, "{Kind} {Key}: the pass failed {Failures} times in a row, next in {Wait}: {Message}")]
    public static partial void Failed(ILogger logger, string kind, string key, int failures, TimeSpan wait, string message);

    [LoggerMessage(8101, LogLevel.Error,
        "{Kind} {Key}: a mistake of the operator's ended the pass, next in {Wait}; please report it")]
    public static partial void Bug(ILogger logger, string kind, string key, TimeSpan wait, Exception exception);

    [LoggerMessage(8102, LogLevel.Warning, "{Kind} {Key} is stalled, {Reason}: {Message}")]
    public static partial void Stalled(ILogger logger, string kind, string key, string reason, string message);

    [LoggerMessage(8103, LogLevel.Debug, "{Kind} {Key}: deletion waits for {Waiting}")]
    public static partial void DeletionWaits(ILogger logger, string kind, string key, string? waiting);

    [LoggerMessage(8104, LogLevel.Warning, "{Kind} {Key} is let go although it could not be cleaned up: {Message}")]
    public static partial void LetGo(ILogger logger, string kind, string key, string message);

    [LoggerMessage(8105, LogLevel.Information, "{Kind} {Key} is cleaned up and gone")]
    public static partial void Gone(ILogger logger, string kind, string key);
}
