using Microsoft.Extensions.Logging;

namespace LocalControlPlane.Serving;

/// <summary>Events 7010 to 7019.</summary>
internal static partial class ServingLog
{
    [LoggerMessage(7010, LogLevel.Information, "The API server listens on {Endpoint}; kubeconfig: {Kubeconfig}")]
    public static partial void Listening(ILogger logger, string endpoint, string kubeconfig);

    [LoggerMessage(7012, LogLevel.Warning,
        "There are {Most} connections over which nobody has logged in; the oldest was closed for a new one ({Untold} others "
        + "since the last such line). Look who connects, and keep them from the port")]
    public static partial void Crowded(ILogger logger, int most, long untold);

    [LoggerMessage(7011, LogLevel.Error, "{Method} {Path} failed by a mistake of ours")]
    public static partial void RequestFailed(ILogger logger, string method, string path, Exception bug);
}
