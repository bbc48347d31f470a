using Microsoft.Extensions.Logging;

namespace SstpGateway.Admin;

/// <summary>Events 1300 to 1399.</summary>
internal static partial class AdminLog
{
    [LoggerMessage(1300, LogLevel.Information, "Administration listens on {Endpoint}")]
    public static partial void Listening(ILogger logger, string endpoint);

    [LoggerMessage(1301, LogLevel.Information, "Administration was asked to end session {SessionId}")]
    public static partial void DisconnectAsked(ILogger logger, long sessionId);

    [LoggerMessage(1302, LogLevel.Information, "Administration was asked to drain the gateway")]
    public static partial void DrainAsked(ILogger logger);

    [LoggerMessage(1303, LogLevel.Error, "The certificate of the administration endpoint is refused: {Problem}. {Consequence}")]
    public static partial void CertificateRefused(ILogger logger, string problem, string consequence);

    [LoggerMessage(1305, LogLevel.Information, "The operator may have this gateway look at {Count} addresses: {Targets}")]
    public static partial void ProbeTargetsReplaced(ILogger logger, int count, string targets);

    [LoggerMessage(1306, LogLevel.Warning,
        "A look at another host was refused: {Problem} (and {Unsaid} times since the last such line)")]
    public static partial void ProbeRefused(ILogger logger, string problem, long unsaid);

    [LoggerMessage(1307, LogLevel.Warning,
        "A client whose certificate is for metrics alone asked for something else ({Method}, from {Source}) and was refused (and "
        + "{Unsaid} times since the last such line)")]
    public static partial void MetricsClientRefused(ILogger logger, string method, string source, long unsaid);

    [LoggerMessage(1304, LogLevel.Warning,
        "A client of the administration endpoint is refused: {Problem} (and {Unsaid} times since the last such line)")]
    public static partial void ClientRefused(ILogger logger, string problem, long unsaid);

    [LoggerMessage(1308, LogLevel.Warning,
        "Administration is crowded: for or to the connection from {Source} one was closed (and {Unsaid} times since the last "
        + "such line). If these are no clients of yours, keep them from its port")]
    public static partial void Crowded(ILogger logger, string source, long unsaid);
}
