using Microsoft.Extensions.Logging;

namespace LocalControlPlane.Serving;

/// <summary>Events 7010 to 7019.</summary>
internal static partial class ServingLog
{
    [LoggerMessage(7010, LogLevel.Information, "The API server listens on {Endpoint}; kubeconfig: {Kubeconfig}")]
    public static partial void Listening(ILogger logger, string endpoint, string kubeconfig);

    [LoggerMessage(7011, LogLevel.Error, "{Method} {Path} failed by a mistake of ours")]
    public static partial void RequestFailed(ILogger logger, string method, string path, Exception bug);
}
