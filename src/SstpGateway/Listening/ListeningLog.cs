using System.Net;
using Microsoft.Extensions.Logging;
using SstpGateway.Metrics;

namespace SstpGateway.Listening;

/// <summary>Event ids 2100 to 2199.</summary>
internal static partial class ListeningLog
{
    [LoggerMessage(2100, LogLevel.Information, "Listening on {EndPoint}")]
    public static partial void Listening(ILogger logger, IPEndPoint endPoint);

    [LoggerMessage(2101, LogLevel.Warning, "Cannot accept connections: {Message}")]
    public static partial void AcceptFailed(ILogger logger, string message);

    [LoggerMessage(2102, LogLevel.Error, "A connection ended by a mistake of this program")]
    public static partial void ConnectionFaulted(ILogger logger, Exception fault);

    [LoggerMessage(2103, LogLevel.Debug, "Connection from {Source} closed: {Reason}")]
    public static partial void Closed(ILogger logger, IPEndPoint source, string reason);

    [LoggerMessage(2104, LogLevel.Information,
        "Connection from {Source} refused: {Limit}; {Unsaid} others since the last such line")]
    public static partial void LimitReached(ILogger logger, IPEndPoint source, ConnectionRefusal limit, long unsaid);

    [LoggerMessage(2106, LogLevel.Warning,
        "This process may open {Descriptors} files, which is enough for {Possible} connections; "
        + "limits.calls and limits.pendingConnections allow {Allowed}. Raise LimitNOFILE= of its unit, or lower the limits")]
    public static partial void TooFewDescriptors(ILogger logger, long descriptors, int possible, long allowed);

    [LoggerMessage(2105, LogLevel.Warning, "Call from {Source} refused: {Reason}; {Unsaid} others since the last such line")]
    public static partial void CallRefused(ILogger logger, IPEndPoint source, string reason, long unsaid);

    [LoggerMessage(2107, LogLevel.Information,
        "A connection from {Source} ended before SSTP began: {Reason}; {Unsaid} others since the last such line")]
    public static partial void LeftEarly(ILogger logger, IPEndPoint source, string reason, long unsaid);
}
