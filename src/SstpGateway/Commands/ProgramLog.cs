using Microsoft.Extensions.Logging;

namespace SstpGateway.Commands;

/// <summary>Event ids 900 to 999.</summary>
internal static partial class ProgramLog
{
    [LoggerMessage(900, LogLevel.Information, "The gateway is up")]
    public static partial void Ready(ILogger logger);

    [LoggerMessage(901, LogLevel.Critical, "The gateway cannot run: {Message}")]
    public static partial void CannotStart(ILogger logger, string message);

    [LoggerMessage(902, LogLevel.Warning,
        "Running as root. The gateway needs CAP_NET_ADMIN and CAP_NET_BIND_SERVICE only; deploy/systemd shows how")]
    public static partial void RunsAsRoot(ILogger logger);
}
