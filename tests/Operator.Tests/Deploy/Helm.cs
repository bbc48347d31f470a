using TestSupport.Files;
using TestSupport.Processes;

namespace Operator.Tests.Deploy;

/// <summary>Renders the chart as <c>helm install</c> would.</summary>
internal static class Helm
{
    /// <summary>SSTP_HELM, which ./test sets; null when there is none.</summary>
    public static string? Path =>
        Environment.GetEnvironmentVariable("SSTP_HELM") is { Length: > 0 } path && File.Exists(path) ? path : null;

    public static string Chart => System.IO.Path.Combine(Repository.Root, "deploy", "chart");

    /// <param name="arguments">More of <c>helm template</c>, such as --set.</param>
    public static Task<string> TemplateAsync(params string[] arguments) =>
        RunAsync(["template", "sstp-operator", Chart, "--namespace", "sstp-system", .. arguments]);

    public static async Task<string> RunAsync(params string[] arguments)
    {
        var program = Path ?? throw new InvalidOperationException("SSTP_HELM names no program; run ./test, which fetches one");
        return await Command.RunAsync(program, arguments);
    }
}
