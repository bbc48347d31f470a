using Microsoft.Extensions.Logging;

namespace Operator.Certificates;

/// <summary>Events 4000 to 4199.</summary>
internal static partial class CertificateLog
{
    [LoggerMessage(4000, LogLevel.Debug, "The CA wants another nonce to {Operation}; attempt {Attempt}")]
    public static partial void BadNonce(ILogger logger, string operation, int attempt);

    [LoggerMessage(4001, LogLevel.Information, "Account {Account} is registered at {Directory}")]
    public static partial void AccountRegistered(ILogger logger, Uri account, string directory);

    [LoggerMessage(4002, LogLevel.Information, "Account {Account} has a new key")]
    public static partial void AccountKeyChanged(ILogger logger, Uri account);

    [LoggerMessage(4003, LogLevel.Warning, "Account {Account} is deactivated for good, as asked for")]
    public static partial void AccountDeactivated(ILogger logger, Uri account);

    [LoggerMessage(4004, LogLevel.Warning,
        "{Namespace}/{Name}: the CA offers no chain up to {PreferredRoot}; its default, up to {Root}, is used")]
    public static partial void PreferredRootNotOffered(
        ILogger logger, string @namespace, string name, string preferredRoot, string root);

    [LoggerMessage(4005, LogLevel.Debug, "The CA is looking at {Name} already: {Problem}")]
    public static partial void TriggerRefused(ILogger logger, string name, string problem);

    [LoggerMessage(4006, LogLevel.Information, "{Namespace}/{Name}: a certificate is ordered: {Why}")]
    public static partial void OrderBegins(ILogger logger, string @namespace, string name, string why);

    [LoggerMessage(4007, LogLevel.Warning, "{Namespace}/{Name}: the order came to nothing: {Failure}")]
    public static partial void OrderFailed(ILogger logger, string @namespace, string name, string failure);

    [LoggerMessage(4008, LogLevel.Warning, "{Namespace}/{Name}: left behind, to be removed by hand: {Left}")]
    public static partial void LeftBehind(ILogger logger, string @namespace, string name, string left);

    [LoggerMessage(4009, LogLevel.Debug, "{Namespace}/{Name}: pending authorizations are left to expire: {Reason}")]
    public static partial void NotDeactivated(ILogger logger, string @namespace, string name, string reason);

    [LoggerMessage(4010, LogLevel.Debug, "Authorization {Authorization} is left to expire: {Reason}")]
    public static partial void AuthorizationKept(ILogger logger, Uri authorization, string reason);

    [LoggerMessage(4011, LogLevel.Information, "{Namespace}/{Name}: the certificate was revoked already")]
    public static partial void AlreadyRevoked(ILogger logger, string @namespace, string name);

    [LoggerMessage(4012, LogLevel.Information,
        "{Namespace}/{Name}: certificate {Serial} is in its Secret, valid until {NotAfter:u}")]
    public static partial void Issued(ILogger logger, string @namespace, string name, string serial, DateTimeOffset notAfter);

    [LoggerMessage(4013, LogLevel.Warning, "{Namespace}/{Name}: {Message}")]
    public static partial void Blocked(ILogger logger, string @namespace, string name, string message);

    [LoggerMessage(4014, LogLevel.Warning, "{Namespace}/{Name}: tried again later: {Message}")]
    public static partial void Trouble(ILogger logger, string @namespace, string name, string message);

    [LoggerMessage(4015, LogLevel.Debug, "{Namespace}/{Name}: no renewal information: {Reason}")]
    public static partial void NoRenewalInfo(ILogger logger, string @namespace, string name, string reason);

    [LoggerMessage(4016, LogLevel.Information,
        "{Namespace}/{Name}: the CA suggests to renew between {Start:u} and {End:u}; {Pick:u} was picked")]
    public static partial void RenewalSuggested(
        ILogger logger, string @namespace, string name, DateTimeOffset start, DateTimeOffset end, DateTimeOffset pick);

    [LoggerMessage(4017, LogLevel.Warning, "{Namespace}/{Name}: certificate {Serial} is revoked, as asked for")]
    public static partial void Revoked(ILogger logger, string @namespace, string name, string serial);

    [LoggerMessage(4018, LogLevel.Warning, "{Namespace}/{Name}: deletion goes on although this is left: {Left}")]
    public static partial void DeletedWithRest(ILogger logger, string @namespace, string name, string left);

    [LoggerMessage(4019, LogLevel.Warning,
        "{Namespace}/{Name}: the account cannot revoke the certificate ({Why}), so its own key does")]
    public static partial void RevokedByItsOwnKey(ILogger logger, string @namespace, string name, string why);
}
