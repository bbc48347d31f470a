using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace LocalControlPlane.Serving;

/// <summary>What anybody may ask: is it well, and what is it.</summary>
internal static class PublicEndpoint
{
    /// <summary>The Kubernetes whose API this imitates; tools decide by it what they can ask for.</summary>
    private const string KubernetesVersion = "1.32.0";

    public static Task? TryServe(HttpContext context, string path) => path switch
    {
        // The store is open and its types are read before the first request can come in.
        "/healthz" or "/livez" or "/readyz" or "/livez/ping" or "/readyz/ping" or "/healthz/ping" =>
            Answer.TextAsync(context, StatusCodes.Status200OK, "ok"),
        "/version" or "/version/" => Answer.NodeAsync(context, StatusCodes.Status200OK, Version()),
        _ => null,
    };

    private static JsonObject Version()
    {
        var parts = KubernetesVersion.Split('.');
        var own = Assembly.GetExecutingAssembly()
            .GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion;
        var processor = RuntimeInformation.ProcessArchitecture switch
        {
            Architecture.X64 => "amd64",
            var other => other.ToString().ToLowerInvariant(),
        };
        return new JsonObject
        {
            ["major"] = parts[0],
            ["minor"] = parts[1],
            ["gitVersion"] = $"v{KubernetesVersion}+sstp-operator-{own}",
            ["gitCommit"] = "",
            ["gitTreeState"] = "",
            ["buildDate"] = "",
            ["goVersion"] = "",
            ["compiler"] = RuntimeInformation.FrameworkDescription,
            ["platform"] = $"linux/{processor}",
        };
    }
}
