using Microsoft.Extensions.Logging;

namespace SstpGateway.Forwarding;

/// <summary>Event ids 2700 to 2799.</summary>
internal static partial class ForwardingLog
{
    [LoggerMessage(2700, LogLevel.Critical,
        "The tunnel device is lost: {Message} No packets reach clients any more; restart the gateway")]
    public static partial void DeviceLost(ILogger logger, string message);

    [LoggerMessage(2701, LogLevel.Information, "Tunnel device {Device} is up with {Gateway}, {Queues} queues, MTU {Mtu}")]
    public static partial void DeviceUp(ILogger logger, string device, string gateway, int queues, int mtu);

    [LoggerMessage(2702, LogLevel.Information, "Changed {Setting} so that packets of clients are forwarded")]
    public static partial void ForwardingChanged(ILogger logger, string setting);

    [LoggerMessage(2703, LogLevel.Error, "Packets of clients are not forwarded: {Problem}")]
    public static partial void ForwardingProblem(ILogger logger, string problem);

    [LoggerMessage(2704, LogLevel.Error, "The new firewall rules are not in force, the old ones stay: {Problem}")]
    public static partial void RulesRefused(ILogger logger, string problem);

    [LoggerMessage(2705, LogLevel.Error, "The rules of a call that ended could not be taken back: {Problem}")]
    public static partial void RemovalFailed(ILogger logger, string problem);
}
