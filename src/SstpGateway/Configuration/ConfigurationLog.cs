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

    [LoggerMessage(1005, LogLevel.Information,
        "Configuration {Path} has revision {Revision} and is no newer than revision {InForce}, "
        + "which the operator sent and which stays in force")]
    public static partial void Older(ILogger logger, string path, long revision, long inForce);

    [LoggerMessage(1006, LogLevel.Error, "The configuration that the operator sent last cannot be read from {Folder}: {Problem}")]
    public static partial void BundleLost(ILogger logger, string folder, string problem);

    [LoggerMessage(1007, LogLevel.Warning, "Files of an earlier configuration cannot be deleted: {Problem}")]
    public static partial void NotTidied(ILogger logger, string problem);

    [LoggerMessage(1004, LogLevel.Error, "A part of the gateway could not follow the configuration {Path}")]
    public static partial void FollowerFailed(ILogger logger, string path, Exception exception);
}
