using System.CommandLine;

namespace SstpGateway.Commands;

internal static class StateOption
{
    // Set by systemd for StateDirectory= (systemd.exec(5)); several folders are separated by colons.
    private const string SystemdVariable = "STATE_DIRECTORY";

    public static Option<DirectoryInfo> Create() => new("--state")
    {
        Description =
            "The folder for what the operator sends, so that a start without it goes on from there. One for each gateway.",
        DefaultValueFactory = _ => new DirectoryInfo(
            Environment.GetEnvironmentVariable(SystemdVariable) is { Length: > 0 } folders
                ? folders.Split(':')[0]
                : "/var/lib/sstp-gateway"),
    };
}
