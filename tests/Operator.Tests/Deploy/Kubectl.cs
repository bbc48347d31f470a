using TestSupport.Files;
using TestSupport.Processes;

namespace Operator.Tests.Deploy;

/// <summary>Renders a folder as <c>kubectl apply -k</c> would.</summary>
internal static class Kubectl
{
    /// <summary>A kubectl of 1.28 or newer: SSTP_KUBECTL, which ./test sets; null when there is none.</summary>
    public static string? Path =>
        Environment.GetEnvironmentVariable("SSTP_KUBECTL") is { Length: > 0 } path && File.Exists(path) ? path : null;

    /// <param name="folder">From the root of the repository.</param>
    public static async Task<string> KustomizeAsync(string folder)
    {
        var program = Path ?? throw new InvalidOperationException("SSTP_KUBECTL names no program; run ./test, which fetches one");
        return await Command.RunAsync(program, "kustomize", System.IO.Path.Combine(Repository.Root, folder));
    }
}
