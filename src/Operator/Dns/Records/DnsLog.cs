using Microsoft.Extensions.Logging;

namespace Operator.Dns.Records;

internal static partial class DnsLog
{
    [LoggerMessage(3000, LogLevel.Information, "{Record}: {Name} published as {Addresses} by {Provider}")]
    public static partial void Published(ILogger logger, string record, string name, string addresses, string provider);

    [LoggerMessage(3001, LogLevel.Warning, "{Record}: {Name} was not published, class {Class}: {Words}")]
    public static partial void NotPublished(ILogger logger, string record, string name, string @class, string words);

    [LoggerMessage(3002, LogLevel.Warning, "{Record}: {Name} is not as published: {Servers}")]
    public static partial void Drifted(ILogger logger, string record, string name, string servers);

    [LoggerMessage(3003, LogLevel.Information, "{Record}: {Name} leads to {Targets} now: {Reason}")]
    public static partial void Switched(ILogger logger, string record, string name, string targets, string reason);

    [LoggerMessage(3004, LogLevel.Information, "{Record}: {Name} is gone or handed over: {What}")]
    public static partial void Removed(ILogger logger, string record, string name, string what);

    [LoggerMessage(3005, LogLevel.Information,
        "{Record}: target {Target} is {Health} since {Since:O}, after {Looks} looks: {Message}")]
    public static partial void TargetTurned(
        ILogger logger, string record, string target, string health, DateTimeOffset since, int looks, string message);

    [LoggerMessage(3006, LogLevel.Information, "{Record}: {Name} seen from outside: {Reason}: {Message}")]
    public static partial void Reachability(ILogger logger, string record, string name, string reason, string message);

    [LoggerMessage(3007, LogLevel.Information, "{Record}: the router forwards port {Port} no more")]
    public static partial void PortTakenBack(ILogger logger, string record, int port);

    [LoggerMessage(3010, LogLevel.Information, "Report for {Record} from {Sender}: {Addresses}")]
    public static partial void Reported(ILogger logger, string record, string sender, string addresses);

    [LoggerMessage(3011, LogLevel.Warning,
        "Report from {Sender} refused: {Answer}; {Unsaid} others since the last such line")]
    public static partial void ReportRefused(ILogger logger, string sender, string answer, long unsaid);
}
