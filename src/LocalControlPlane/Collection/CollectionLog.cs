using Microsoft.Extensions.Logging;

namespace LocalControlPlane.Collection;

/// <summary>Events 7020 to 7029.</summary>
internal static partial class CollectionLog
{
    [LoggerMessage(7020, LogLevel.Warning, "Collection of {What} failed and is tried again: {Problem}")]
    public static partial void WillRetry(ILogger logger, string what, string problem);
}
