using Microsoft.Extensions.Logging;

namespace Operator.Local;

/// <summary>Events 8500 to 8599.</summary>
internal static partial class LocalLog
{
    [LoggerMessage(8500, LogLevel.Critical, "Cannot start: {Problem}")]
    public static partial void CannotStart(ILogger logger, string problem);

    [LoggerMessage(8501, LogLevel.Critical, "A part failed, so that all of it ends: {Problem}")]
    public static partial void PartFailed(ILogger logger, string problem);

    [LoggerMessage(8502, LogLevel.Information, "Ending; the gateways {Fate}")]
    public static partial void Ending(ILogger logger, string fate);
}
