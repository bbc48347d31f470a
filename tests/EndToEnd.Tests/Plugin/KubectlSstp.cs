using System.Text.Json.Nodes;
using TestSupport.Files;
using TestSupport.Namespaces;
using TestSupport.Processes;

namespace EndToEnd.Tests.Plugin;

/// <summary><c>kubectl-sstp</c> as people run it: a process beside the cluster, with a kubeconfig.</summary>
public sealed class KubectlSstp(NetworkNamespace @namespace, string kubeconfig)
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(120);

    public static string Program { get; } = Repository.Program("KubectlSstp", "kubectl-sstp");

    /// <summary>Runs it; it has to succeed.</summary>
    public async Task<string> RunAsync(params string[] arguments)
    {
        var result = await TryAsync(arguments);
        return result.ExitCode == 0
            ? result.Output
            : throw new CommandFailedException($"kubectl-sstp {string.Join(' ', arguments)}: {result.ExitCode}\n{result.Output}");
    }

    public Task<CommandResult> TryAsync(params string[] arguments) =>
        @namespace.TryRunAsync(Deadline, ["dotnet", Program, .. arguments, "--kubeconfig", kubeconfig, "-n", "default"]);

    /// <summary>With something on standard input, such as a password.</summary>
    public Task<CommandResult> TryWithAsync(string input, params string[] arguments) =>
        @namespace.TryRunAsync(Deadline, [
            "sh", "-c", "printf '%s\\n' \"$1\" | { shift; exec \"$@\"; }", "sh", input,
            "dotnet", Program, .. arguments, "--kubeconfig", kubeconfig, "-n", "default",
        ]);

    /// <summary>At a terminal.</summary>
    public Task<CommandResult> WatchAsync(
        TemporaryFolder folder, int columns, IReadOnlyList<(string Seen, string Typed)> steps, params string[] arguments) =>
        Terminal.RunAsync(
            @namespace, folder, columns, steps, ["dotnet", Program, .. arguments, "--kubeconfig", kubeconfig, "-n", "default"]);

    /// <summary>A line as it stands in the documentation, run by a shell, whatever its exit code.</summary>
    public async Task<string> TypeAsync(string line, string input = "")
    {
        const string shell = """
            kubectl() { shift; dotnet "$PROGRAM" "$@" --kubeconfig "$CONFIG" -n default; }
            printf '%s\n' "$INPUT" | { eval "$LINE"; }
            """;
        var result = await @namespace.TryRunAsync(
            Deadline, "env", $"PROGRAM={Program}", $"CONFIG={kubeconfig}", $"LINE={line}", $"INPUT={input}", "sh", "-c", shell);
        return result.Output;
    }

    public async Task<JsonArray> JsonAsync(params string[] arguments) =>
        JsonNode.Parse(await RunAsync([.. arguments, "-o", "json"]))!.AsArray();
}
