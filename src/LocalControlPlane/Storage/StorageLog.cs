using Microsoft.Extensions.Logging;

namespace LocalControlPlane.Storage;

/// <summary>Events 7000 to 7009.</summary>
internal static partial class StorageLog
{
    [LoggerMessage(7000, LogLevel.Information, "The store {Path} was of version {Older} and is now of version {Current}")]
    public static partial void Upgraded(ILogger logger, string path, long older, long current);

    [LoggerMessage(7001, LogLevel.Error, "The store did not take {Count} writes: {Problem}. They were refused; look at the disk")]
    public static partial void CommitFailed(ILogger logger, int count, string problem);
}
