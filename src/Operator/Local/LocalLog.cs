using Microsoft.Extensions.Logging;

namespace Operator.Local;

/// <summary>Events 8500 to 8599.</summary>
internal static partial class LocalLog
{
    [LoggerMessage(8500, LogLevel.Critical, "Cannot start: {Problem}")]
    public static partial void CannotStart(ILogger logger, string problem);
}
