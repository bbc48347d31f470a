using System.Net;
using Microsoft.Extensions.Logging;
using SstpProtocol.Sessions;

namespace SstpGateway.Sessions;

/// <summary>Event ids 2000 to 2099. One line when a call starts, one when it ends, one for each failed log-in.</summary>
internal static partial class SessionLog
{
    [LoggerMessage(2000, LogLevel.Information,
        "Call {Id} of {User} from {Source} is up: address {Address4}, prefix {Prefix6}, {TlsVersion} {CipherSuite}, "
        + "{Method}, client \"{Client}\"")]
    public static partial void Started(
        ILogger logger, long id, string user, IPEndPoint source, string address4, string prefix6, string tlsVersion,
        string cipherSuite, string method, string client);

    [LoggerMessage(2001, LogLevel.Information,
        "Call {Id} of {User} from {Source} ended after {Seconds} s, {BytesFromClient} bytes from and {BytesToClient} bytes to "
        + "the client: {Cause}: {Detail}")]
    public static partial void Ended(
        ILogger logger, long id, string user, IPEndPoint source, long seconds, long bytesFromClient, long bytesToClient,
        SessionEndCause cause, string detail);

    // deploy/fail2ban matches this line; its test breaks when the words change.
    [LoggerMessage(2002, LogLevel.Warning, "Log-in failed for \"{User}\" from {Source}: {Reason}")]
    public static partial void LoginFailed(ILogger logger, string user, IPAddress source, string reason);

    [LoggerMessage(2003, LogLevel.Error, "Log-in of \"{User}\" from {Source} could not be judged")]
    public static partial void LoginFaulted(ILogger logger, string user, IPAddress source, Exception fault);

    [LoggerMessage(2004, LogLevel.Warning, "Call {Id} of {User} from {Source} refused: {Reason}")]
    public static partial void Refused(ILogger logger, long id, string user, IPEndPoint source, string reason);

    [LoggerMessage(2005, LogLevel.Debug, "Call {Id} from {Source} begins, correlation id {CorrelationId}")]
    public static partial void Begins(ILogger logger, long id, IPEndPoint source, Guid? correlationId);

    [LoggerMessage(2006, LogLevel.Information, "Draining: no new calls; {Calls} calls may go on for {Time}")]
    public static partial void Draining(ILogger logger, int calls, TimeSpan time);

    [LoggerMessage(2007, LogLevel.Information, "Telling {Calls} calls to go")]
    public static partial void TellingCallsToGo(ILogger logger, int calls);

    [LoggerMessage(2009, LogLevel.Debug, "Call {Id} from {Source} left before it said who it is: {Cause}: {Detail}")]
    public static partial void VisitorLeft(ILogger logger, long id, IPEndPoint source, SessionEndCause cause, string detail);

    [LoggerMessage(2010, LogLevel.Information,
        "A call from {Source} left before it said who it is ({Cause}), as health checks do; "
        + "{Unsaid} others since the last such line")]
    public static partial void VisitorsLeft(ILogger logger, IPEndPoint source, SessionEndCause cause, long unsaid);

    [LoggerMessage(2008, LogLevel.Warning, "Ending {Calls} calls that did not go")]
    public static partial void EndingCalls(ILogger logger, int calls);
}
