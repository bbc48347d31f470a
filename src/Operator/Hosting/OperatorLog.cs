using System.Net;
using Microsoft.Extensions.Logging;

namespace Operator.Hosting;

/// <summary>Event ids 8000 to 8099.</summary>
internal static partial class OperatorLog
{
    [LoggerMessage(8000, LogLevel.Information,
        "Operator {Version} as {Identity} for {Server}, namespaces: {Namespaces}; health and metrics on {Health}")]
    public static partial void Starting(
        ILogger logger, string version, string identity, Uri server, string namespaces, EndPoint health);

    [LoggerMessage(8001, LogLevel.Information, "All caches are filled")]
    public static partial void Synced(ILogger logger);

    [LoggerMessage(8002, LogLevel.Information, "Working on {Kinds}")]
    public static partial void Working(ILogger logger, string kinds);

    [LoggerMessage(8003, LogLevel.Information, "Stopped")]
    public static partial void Stopped(ILogger logger);

    [LoggerMessage(8004, LogLevel.Critical, "The operator cannot run: {Message}")]
    public static partial void CannotStart(ILogger logger, string message);

    [LoggerMessage(8006, LogLevel.Warning,
        "The page of health and metrics is crowded: for or to a connection of {Sender} one was closed; {Unsaid} others since the "
        + "last such line. Keep others than the kubelet and Prometheus from it")]
    public static partial void Crowded(ILogger logger, IPAddress sender, long unsaid);

    [LoggerMessage(8005, LogLevel.Critical, "The lease is lost; ending, so that the next start is a clean one")]
    public static partial void LeaseLost(ILogger logger);
}
