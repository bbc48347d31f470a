using Microsoft.Extensions.Logging;

namespace KubeApi.Events;

/// <summary>Event ids 6100 to 6119.</summary>
internal static partial class EventsLog
{
    [LoggerMessage(6100, LogLevel.Debug, "An event was not written and is given up: {Message}")]
    public static partial void GivenUp(ILogger logger, string message);

    [LoggerMessage(6101, LogLevel.Warning, "Events come faster than they can be written; {Count} were dropped so far")]
    public static partial void Dropped(ILogger logger, long count);
}
