using Microsoft.Extensions.Logging;

namespace SstpGateway.Authentication;

/// <summary>Event ids 2500 to 2599.</summary>
internal static partial class AuthenticationLog
{
    [LoggerMessage(2500, LogLevel.Information, "Users file {Path} is in force: {Count} users")]
    public static partial void InForce(ILogger logger, string path, int count);

    [LoggerMessage(2501, LogLevel.Error, "Users file {Path} is refused and the users before stay: {Errors}")]
    public static partial void Refused(ILogger logger, string path, string errors);

    [LoggerMessage(2502, LogLevel.Information, "Users file {Path} is again the one in force")]
    public static partial void Mended(ILogger logger, string path);

    [LoggerMessage(2503, LogLevel.Warning, "No users file is configured (authentication.usersFile): nobody can log in")]
    public static partial void NoUsersFile(ILogger logger);
}
