using Microsoft.Extensions.Logging;

namespace KubeApi.Client;

/// <summary>Event ids 6000 to 6019.</summary>
internal static partial class ClientLog
{
    [LoggerMessage(6000, LogLevel.Debug,
        "{Request} answered {Code}; asked to wait {Wait} (flow schema {FlowSchema}, priority level {PriorityLevel})")]
    public static partial void ToldToWait(
        ILogger logger, string request, int code, TimeSpan wait, string? flowSchema, string? priorityLevel);

    [LoggerMessage(6001, LogLevel.Debug, "{Request} answered 401; looking for a newer credential")]
    public static partial void Refused(ILogger logger, string request);

    [LoggerMessage(6002, LogLevel.Debug, "{Request} failed on the way and is sent again: {Message}")]
    public static partial void SentAgain(ILogger logger, string request, string message);

    [LoggerMessage(6003, LogLevel.Warning, "The API server warns about {Request}: {Warning}")]
    public static partial void ServerWarning(ILogger logger, string request, string warning);
}
