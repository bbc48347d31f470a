using System.Net;
using Microsoft.Extensions.Logging;

namespace SstpGateway.Dns;

/// <summary>Ids 3000 to 3099. Names that clients ask for are never logged.</summary>
internal static partial class DnsLog
{
    [LoggerMessage(3000, LogLevel.Information, "DNS forwarder listens on {EndPoint}")]
    public static partial void Listening(ILogger logger, IPEndPoint endPoint);

    [LoggerMessage(3001, LogLevel.Information, "Default DNS servers from {Path}: {Servers}")]
    public static partial void HostServersRead(ILogger logger, string path, string servers);

    [LoggerMessage(3002, LogLevel.Warning,
        "{Path} names no DNS server; names outside the configured zones cannot be resolved. Set dns.servers")]
    public static partial void NoHostServers(ILogger logger, string path);

    [LoggerMessage(3003, LogLevel.Warning,
        "Cannot read the default DNS servers from {Path} ({Problem}); names outside the configured zones cannot be "
        + "resolved. Set dns.servers")]
    public static partial void HostServersUnreadable(ILogger logger, string path, string problem);

    [LoggerMessage(3004, LogLevel.Information, "DNS zones or servers changed; {Kept} kept answers were dropped")]
    public static partial void ZonesReplaced(ILogger logger, int kept);

    [LoggerMessage(3005, LogLevel.Error, "New DNS settings cannot be used, the old ones stay: {Problem}")]
    public static partial void SettingsUnusable(ILogger logger, string problem);

    [LoggerMessage(3006, LogLevel.Warning, "DNS server {Server} does not answer; others are asked first for {SuspectTime}")]
    public static partial void ServerSilent(ILogger logger, IPEndPoint server, TimeSpan suspectTime);

    [LoggerMessage(3007, LogLevel.Information, "DNS server {Server} answers again")]
    public static partial void ServerAnswersAgain(ILogger logger, IPEndPoint server);

    [LoggerMessage(3008, LogLevel.Warning, "DNS on {EndPoint}: {Problem}")]
    public static partial void ListenerDisturbed(ILogger logger, IPEndPoint endPoint, string problem);

    [LoggerMessage(3009, LogLevel.Error, "A DNS query ended in an error of the gateway itself; please report it")]
    public static partial void QueryFailed(ILogger logger, Exception exception);
}
