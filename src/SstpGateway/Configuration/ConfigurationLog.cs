using Microsoft.Extensions.Logging;

namespace SstpGateway.Configuration;

/// <summary>Events 1000 to 1099.</summary>
internal static partial class ConfigurationLog
{
    [LoggerMessage(1000, LogLevel.Information, "Configuration {Path} is in force")]
    public static partial void InForce(ILogger logger, string path);

    [LoggerMessage(1001, LogLevel.Error, "Configuration {Path} is refused and the one before stays in force: {Errors}")]
    public static partial void Refused(ILogger logger, string path, string errors);

    [LoggerMessage(1002, LogLevel.Warning, "Configuration {Path}: {Field} has changed, which takes effect at the next start")]
    public static partial void NeedsRestart(ILogger logger, string path, string field);

    [LoggerMessage(1003, LogLevel.Information, "Configuration {Path} is again the one in force")]
    public static partial void Mended(ILogger logger, string path);

    [LoggerMessage(1004, LogLevel.Error, "A part of the gateway could not follow the configuration {Path}")]
    public static partial void FollowerFailed(ILogger logger, string path, Exception exception);
}
