using Microsoft.Extensions.Logging;

namespace LocalControlPlane.Manifests;

/// <summary>Events 7030 to 7039.</summary>
internal static partial class ManifestLog
{
    [LoggerMessage(7030, LogLevel.Information, "{Manifest} {Verb}")]
    public static partial void Applied(ILogger logger, string manifest, string verb);

    [LoggerMessage(7031, LogLevel.Error,
        "{Manifest} was refused, and is tried again when a file changes and each minute: {Problem}")]
    public static partial void Refused(ILogger logger, string manifest, string problem);

    [LoggerMessage(7032, LogLevel.Error,
        "The manifests cannot be read, so nothing of them is applied and what was applied before stays:\n{Problem}")]
    public static partial void Unreadable(ILogger logger, string problem);

    [LoggerMessage(7033, LogLevel.Information, "{Key} was deleted: it is no longer in the manifests")]
    public static partial void Pruned(ILogger logger, string key);
}
