using Microsoft.Extensions.Logging;

namespace Operator.Dns.Peers;

internal static partial class PeersLog
{
    [LoggerMessage(3030, LogLevel.Information, "For {Peer}: looked at {Name}, {Address} port {Port}")]
    public static partial void Looked(ILogger logger, string peer, string name, string address, int port);

    [LoggerMessage(3031, LogLevel.Warning, "A look for {Peer} was refused: {Why}")]
    public static partial void Refused(ILogger logger, string peer, string why);
}
