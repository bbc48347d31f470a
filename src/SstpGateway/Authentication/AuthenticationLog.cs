using Microsoft.Extensions.Logging;

namespace SstpGateway.Authentication;

/// <summary>Events 1200 to 1299.</summary>
internal static partial class AuthenticationLog
{
    [LoggerMessage(1200, LogLevel.Information, "Users file {Path} is in force: {Count} users")]
    public static partial void InForce(ILogger logger, string path, int count);

    [LoggerMessage(1201, LogLevel.Error, "Users file {Path} is refused and the users before stay: {Errors}")]
    public static partial void Refused(ILogger logger, string path, string errors);

    [LoggerMessage(1202, LogLevel.Information, "Users file {Path} is again the one in force")]
    public static partial void Mended(ILogger logger, string path);

    [LoggerMessage(1203, LogLevel.Warning, "No users file is configured (authentication.usersFile): nobody can log in")]
    public static partial void NoUsersFile(ILogger logger);
}
