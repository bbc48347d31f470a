using Microsoft.Extensions.Logging;

namespace KubeApi.Watching;

/// <summary>Event ids 6040 to 6059.</summary>
internal static partial class WatchingLog
{
    [LoggerMessage(6040, LogLevel.Information, "Watching {Resource} in {Scope}: {Count} objects")]
    public static partial void Synced(ILogger logger, string resource, string scope, int count);

    [LoggerMessage(6041, LogLevel.Warning,
        "The API server does not know {Resource}; is its CRD installed? Asking again in {Wait}")]
    public static partial void NotInstalled(ILogger logger, string resource, TimeSpan wait);

    [LoggerMessage(6042, LogLevel.Warning, "Watching {Resource} in {Scope} failed, trying again in {Wait}: {Message}")]
    public static partial void Failed(ILogger logger, string resource, string scope, TimeSpan wait, string message);

    [LoggerMessage(6043, LogLevel.Debug, "The watch of {Resource} in {Scope} ended and goes on: {Message}")]
    public static partial void GoesOn(ILogger logger, string resource, string scope, string message);

    [LoggerMessage(6044, LogLevel.Information, "The watch of {Resource} in {Scope} is too old for the server; listing anew")]
    public static partial void Expired(ILogger logger, string resource, string scope);

    [LoggerMessage(6045, LogLevel.Error, "A follower of {Resource} failed on {Key}")]
    public static partial void FollowerFailed(ILogger logger, string resource, string key, Exception exception);
}
