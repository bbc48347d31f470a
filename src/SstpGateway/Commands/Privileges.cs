using Microsoft.Extensions.Logging;

namespace SstpGateway.Commands;

/// <summary>Says when the program runs with more rights than it needs.</summary>
internal static class Privileges
{
    public static void Report(ILogger logger)
    {
        if (Environment.UserName == "root" || Environment.IsPrivilegedProcess) ProgramLog.RunsAsRoot(logger);
    }
}
