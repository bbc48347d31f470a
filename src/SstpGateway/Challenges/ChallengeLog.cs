using System.Net;
using Microsoft.Extensions.Logging;

namespace SstpGateway.Challenges;

/// <summary>Events 1400 to 1499.</summary>
internal static partial class ChallengeLog
{
    [LoggerMessage(1400, LogLevel.Information, "Plain HTTP is open on {EndPoint}, for ACME challenges and revocation lists")]
    public static partial void PlainHttpOpen(ILogger logger, IPEndPoint endPoint);

    [LoggerMessage(1401, LogLevel.Information, "Plain HTTP on {EndPoint} is closed again")]
    public static partial void PlainHttpClosed(ILogger logger, IPEndPoint endPoint);

    [LoggerMessage(1402, LogLevel.Error, "Plain HTTP is needed and not to be had: {Problem}")]
    public static partial void PlainHttpRefused(ILogger logger, string problem);

    [LoggerMessage(1403, LogLevel.Information, "ACME challenge {Kind} for {Subject} is being answered")]
    public static partial void ChallengePut(ILogger logger, string kind, string subject);

    [LoggerMessage(1404, LogLevel.Information, "ACME challenge {Kind} for {Subject} is answered no more")]
    public static partial void ChallengeDeleted(ILogger logger, string kind, string subject);

    [LoggerMessage(1405, LogLevel.Information,
        "A CA has checked the challenge tls-alpn-01 for {Name} from {Source}; {Unsaid} others since the last such line")]
    public static partial void TlsAlpnAnswered(ILogger logger, string name, IPEndPoint source, long unsaid);

    [LoggerMessage(1406, LogLevel.Information, "Revocation list {Name} of {Length} bytes is served")]
    public static partial void ListPublished(ILogger logger, string name, int length);

    [LoggerMessage(1407, LogLevel.Information, "Revocation list {Name} is served no more")]
    public static partial void ListWithdrawn(ILogger logger, string name);

    [LoggerMessage(1408, LogLevel.Warning,
        "Revocation list {Name} changes only until the next start, for it cannot be stored: {Problem}")]
    public static partial void ListNotKept(ILogger logger, string name, string problem);

    [LoggerMessage(1409, LogLevel.Error, "The revocation lists in {Folder} cannot be read: {Problem}")]
    public static partial void ListsUnreadable(ILogger logger, string folder, string problem);

    [LoggerMessage(1410, LogLevel.Information,
        "Plain HTTP is crowded: for or to the visitor from {Source} one was sent away; {Unsaid} others since the last such line")]
    public static partial void PlainHttpCrowded(ILogger logger, IPEndPoint source, long unsaid);
}
