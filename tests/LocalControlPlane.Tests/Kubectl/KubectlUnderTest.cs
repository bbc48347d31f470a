using System.Diagnostics;
using LocalControlPlane.Tests.Serving;
using TestSupport.Files;
using TestSupport.Processes;

namespace LocalControlPlane.Tests.Kubectl;

/// <summary>kubectl itself, pointed at one API server, with a home of its own so that nothing is cached between tests.</summary>
internal sealed class KubectlUnderTest(ApiUnderTest api) : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private readonly TemporaryFolder _home = new("kubectl");

    /// <summary>What ./test found or fetched; else what is in its cache; null for none.</summary>
    public static string? Program { get; } = Find();

    public string Write(string name, string text) => _home.Write(name, text);

    /// <summary>Runs it to a good end and gives what it printed, without the last line feed.</summary>
    public async Task<string> RunAsync(params string[] arguments) => (await TryRunAsync(arguments)).Expect().TrimEnd('\n');

    public Task<CommandResult> TryRunAsync(params string[] arguments) =>
        Command.TryRunAsync(Deadline, "env", [.. Environment(), Program!, .. arguments]);

    public ChildProcess Start(params string[] arguments) => ChildProcess.Start("env", [.. Environment(), Program!, .. arguments]);

    public void Dispose() => _home.Dispose();

    private string[] Environment() =>
    [
        $"HOME={_home.Path}", $"KUBECONFIG={api.Plane.KubeconfigFile}",
        $"EDITOR={_home.File("editor")}", "KUBE_EDITOR=", $"TMPDIR={_home.Path}",
    ];

    private static string? Find()
    {
        var cache = System.Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } set
            ? set
            : Path.Combine(System.Environment.GetFolderPath(System.Environment.SpecialFolder.UserProfile), ".cache");
        string?[] candidates =
            [
                System.Environment.GetEnvironmentVariable("SSTP_KUBECTL"),
                Path.Combine(cache, "sstp-operator/kubectl/kubectl"),
                "/usr/local/bin/kubectl",
                "/usr/bin/kubectl",
            ];
        return candidates.FirstOrDefault(candidate => candidate is { Length: > 0 } && File.Exists(candidate) && IsNew(candidate));
    }

    private static bool IsNew(string program)
    {
        using var process = Process.Start(new ProcessStartInfo(program, ["version", "--client", "-o", "json"])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        var minor = System.Text.RegularExpressions.Regex.Match(output, "\"minor\": *\"([0-9]+)");
        return minor.Success && int.Parse(minor.Groups[1].Value) >= 28;
    }
}
