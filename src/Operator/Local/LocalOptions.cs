using System.CommandLine;
using System.Net;

namespace Operator.Local;

/// <summary>Options that the verbs for one host share.</summary>
internal static class LocalOptions
{
    /// <summary>Where a service keeps its state (file-hierarchy(7)).</summary>
    private const string DefaultData = "/var/lib/sstp-operator";

    /// <summary>Where the package and the image put what <c>crds/</c> holds.</summary>
    private static readonly string InstalledDefinitions = Path.Combine(AppContext.BaseDirectory, "crds");

    public static Option<DirectoryInfo> Data() => new("--data")
    {
        Description = "Folder of the store, the keys and the kubeconfig; made when it is not there.",
        DefaultValueFactory = _ => new DirectoryInfo(DefaultData),
    };

    public static Option<string> Listen() =>
        EndPoint("--listen", "127.0.0.1:6443", "Address and port of the API server; port 0 takes a free one.");

    public static Option<string> HealthAddress() =>
        EndPoint(
            "--health-address", "127.0.0.1:8080",
            "Address and port of the operator's page for browsers, /healthz, /readyz and /metrics; port 0 takes a free one.");

    public static Option<FileInfo?> Kubeconfig() => new("--kubeconfig")
    {
        Description = "Where to write the kubeconfig (mode 600); \"kubeconfig\" in the data folder unless given.",
    };

    public static Option<DirectoryInfo?> Definitions() => new("--crds")
    {
        Description = "Folder of CustomResourceDefinitions to serve; those that came with the program unless given.",
    };

    public static Option<FileInfo?> AuditLog() => new("--audit-log")
    {
        Description = "Gets a line for each request that was allowed or refused: who asked for what. None unless given.",
    };

    /// <summary>The folder asked for; else what came with the program; null when nothing did.</summary>
    public static string? FindDefinitions(DirectoryInfo? asked) =>
        asked?.FullName ?? (Directory.Exists(InstalledDefinitions) ? InstalledDefinitions : null);

    private static Option<string> EndPoint(string name, string fallback, string description)
    {
        var option = new Option<string>(name) { Description = description, DefaultValueFactory = _ => fallback };
        option.Validators.Add(result =>
        {
            if (!IPEndPoint.TryParse(result.GetValueOrDefault<string>() ?? "", out _))
                result.AddError($"{name} needs an address and a port, such as {fallback}.");
        });
        return option;
    }
}
