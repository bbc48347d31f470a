using Microsoft.Extensions.Logging;

namespace SstpGateway.Decoy;

/// <summary>Events 1200 to 1299. A visitor's mistakes are not logged: the internet makes too many.</summary>
internal static partial class DecoyLog
{
    [LoggerMessage(1200, LogLevel.Warning, "The decoy's back end {Backend} does not answer: {Reason}")]
    public static partial void BackendFailed(ILogger logger, Uri backend, string reason);

    [LoggerMessage(1201, LogLevel.Warning, "The decoy cannot read {Path} below {Root}: {Reason}")]
    public static partial void FileFailed(ILogger logger, string path, string root, string reason);
}
