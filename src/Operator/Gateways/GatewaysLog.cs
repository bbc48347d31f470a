using Microsoft.Extensions.Logging;

namespace Operator.Gateways;

/// <summary>Event ids 5000 to 5199.</summary>
internal static partial class GatewaysLog
{
    [LoggerMessage(5000, LogLevel.Information, "VpnGateway {Gateway}: {Kind} {Name} applied")]
    public static partial void Applied(ILogger logger, string gateway, string kind, string name);

    [LoggerMessage(5001, LogLevel.Warning,
        "VpnGateway {Gateway}: {Kind} {Name} was changed by somebody else at {Path}; set back")]
    public static partial void DriftRepaired(ILogger logger, string gateway, string kind, string name, string path);

    [LoggerMessage(5002, LogLevel.Information, "VpnGateway {Gateway}: {Kind} {Name} is no longer wanted and deleted")]
    public static partial void Deleted(ILogger logger, string gateway, string kind, string name);

    [LoggerMessage(5003, LogLevel.Information, "VpnGateway {Gateway}: gateway {Pod} now runs revision {Revision}")]
    public static partial void Pushed(ILogger logger, string gateway, string pod, long revision);

    [LoggerMessage(5004, LogLevel.Warning,
        "VpnGateway {Gateway}: gateway {Pod} did not take revision {Revision} ({Verdict}): {Mistakes}")]
    public static partial void PushRefused(
        ILogger logger, string gateway, string pod, long revision, string verdict, string mistakes);

    [LoggerMessage(5005, LogLevel.Warning, "VpnGateway {Gateway}: gateway {Pod} cannot be reached: {Message}")]
    public static partial void Unreachable(ILogger logger, string gateway, string pod, string message);

    [LoggerMessage(5006, LogLevel.Information,
        "The CA of the channel to the gateways is new, or has another generation; kept in Secret {Secret}")]
    public static partial void AuthorityWritten(ILogger logger, string secret);

    [LoggerMessage(5007, LogLevel.Information, "Secret {Secret} has a new client certificate for the gateways' metrics")]
    public static partial void MetricsClientWritten(ILogger logger, string secret);

    [LoggerMessage(5008, LogLevel.Error,
        "Secret {Secret} is to hold the client certificate for the gateways' metrics, and belongs to somebody else; "
        + "it is left alone. Delete it, or give another name with --metrics-client-secret")]
    public static partial void MetricsClientNameTaken(ILogger logger, string secret);

    [LoggerMessage(5009, LogLevel.Warning,
        "The client certificate for the gateways' metrics could not be kept in Secret {Secret}, next try in {Wait}: {Message}")]
    public static partial void MetricsClientFailed(ILogger logger, string secret, TimeSpan wait, string message);

    [LoggerMessage(5050, LogLevel.Information,
        "VpnGateway {Gateway}: calls {Calls} of {User} on {Pod} were told to end, as request {Request} at the desk asked")]
    public static partial void CallsEnded(ILogger logger, string gateway, string calls, string user, string pod, string request);

    [LoggerMessage(5051, LogLevel.Warning, "VpnGateway {Gateway}: its desk could not be served, next try in {Wait}: {Message}")]
    public static partial void DeskFailed(ILogger logger, string gateway, TimeSpan wait, string message);

    [LoggerMessage(5052, LogLevel.Error,
        "VpnGateway {Gateway}: a mistake of the operator's kept its desk from being served, "
        + "next try in {Wait}; please report it")]
    public static partial void DeskBug(ILogger logger, string gateway, TimeSpan wait, Exception exception);

    [LoggerMessage(5053, LogLevel.Warning,
        "VpnGateway {Gateway}: Secret {Secret} is needed as its desk and belongs to somebody else; it is left alone")]
    public static partial void DeskNameTaken(ILogger logger, string gateway, string secret);

    [LoggerMessage(5054, LogLevel.Error,
        "VpnGateway {Gateway}: a mistake of the operator's kept request {Request} at the desk from being "
        + "carried out; please report it")]
    public static partial void DeskRequestBug(ILogger logger, string gateway, string request, Exception exception);
}
