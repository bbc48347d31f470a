using System.Net;
using Microsoft.Extensions.Logging;

namespace Operator.Dns.Peers;

internal static partial class PeersLog
{
    [LoggerMessage(3030, LogLevel.Information, "For {Peer}: looked at {Name}, {Address} port {Port}")]
    public static partial void Looked(ILogger logger, string peer, string name, string address, int port);

    [LoggerMessage(3031, LogLevel.Warning, "A look for {Peer} was refused: {Why}")]
    public static partial void Refused(ILogger logger, string peer, string why);

    [LoggerMessage(3032, LogLevel.Warning,
        "A look for {Sender} was refused: unknown token; {Unsaid} others since the last such line")]
    public static partial void UnknownToken(ILogger logger, IPAddress sender, long unsaid);

    [LoggerMessage(3033, LogLevel.Error,
        "The tokens of peers cannot be read: {Problem}. Those read before are still good; put the file there again")]
    public static partial void TokensUnreadable(ILogger logger, string problem);
}
