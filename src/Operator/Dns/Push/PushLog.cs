using System.Net;
using Microsoft.Extensions.Logging;

namespace Operator.Dns.Push;

internal static partial class PushLog
{
    [LoggerMessage(3012, LogLevel.Warning,
        "The listener for reports is crowded: for or to a connection of {Sender} one was closed; {Unsaid} others since the last "
        + "such line")]
    public static partial void Crowded(ILogger logger, IPAddress sender, long unsaid);

    [LoggerMessage(3013, LogLevel.Error, "The certificate of the listener for reports cannot be used: {Problem}. {Consequence}")]
    public static partial void CertificateRefused(ILogger logger, string problem, string consequence);
}
