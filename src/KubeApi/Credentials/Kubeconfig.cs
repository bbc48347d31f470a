using System.Text;
using System.Text.Json.Nodes;
using YamlDotNet.Core;

namespace KubeApi.Credentials;

/// <summary>What kubectl reads: clusters, users, and contexts that put one of each together.
/// Several files are merged, the first to name a thing wins.</summary>
public sealed class Kubeconfig
{
    private readonly Dictionary<string, KubeconfigEntry> _clusters = [];
    private readonly Dictionary<string, KubeconfigEntry> _users = [];
    private readonly Dictionary<string, KubeconfigEntry> _contexts = [];

    /// <summary>Null when no file names one.</summary>
    public string? CurrentContext { get; private set; }

    /// <summary>The files that kubectl would read: those of KUBECONFIG, or ~/.kube/config.</summary>
    public static IReadOnlyList<string> DefaultPaths =>
        Environment.GetEnvironmentVariable("KUBECONFIG") is { Length: > 0 } list
            ? list.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            : [Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".kube", "config")];

    /// <summary>Reads and merges files; those that are missing are left out.</summary>
    /// <exception cref="CredentialException">None is there, or one cannot be read.</exception>
    public static Kubeconfig Load(params IEnumerable<string> paths)
    {
        var config = new Kubeconfig();
        var files = paths.ToList();
        var found = files.Where(File.Exists).ToList();
        if (found.Count == 0)
            throw new CredentialException(
                $"There is no kubeconfig: {string.Join(", ", files)} {(files.Count == 1 ? "does" : "do")} not exist. "
                + "Set KUBECONFIG or give --kubeconfig.");
        foreach (var file in found) config.Merge(file);
        return config;
    }

    /// <summary>How to reach the cluster of a context.</summary>
    /// <param name="context">Null for the current one.</param>
    /// <exception cref="CredentialException">The context, or what it names, is missing or wrong.</exception>
    public ClusterAccess Access(string? context, TimeProvider time)
    {
        var name = context ?? CurrentContext
            ?? throw new CredentialException(
                "The kubeconfig has no current-context. Set one by `kubectl config use-context NAME`, or name one.");
        var chosen = Find(_contexts, "context", name);
        var cluster = Find(_clusters, "cluster", chosen.Text("cluster") ?? "");
        var server = cluster.Text("server")
            ?? throw new CredentialException($"The cluster {cluster.Name} of {cluster.File} has no server.");
        var user = chosen.Text("user") is { Length: > 0 } userName ? Find(_users, "user", userName) : null;

        var serverName = cluster.Text("tls-server-name");
        return new ClusterAccess
        {
            Server = Uri.TryCreate(server, UriKind.Absolute, out var uri)
                ? uri
                : throw new CredentialException($"The server of cluster {cluster.Name} in {cluster.File} is no URL: {server}"),
            DefaultNamespace = chosen.Text("namespace") ?? "default",
            Roots = Roots(cluster, serverName),
            SkipTlsVerify = cluster.Flag("insecure-skip-tls-verify"),
            TlsServerName = serverName,
            Proxy = cluster.Text("proxy-url") is { } proxy ? new Uri(proxy) : null,
            Credentials = user is null ? FixedCredential.Anonymous : UserCredential.Of(user, cluster, time),
            Impersonation = user is null ? null : ImpersonationOf(user),
        };
    }

    private void Merge(string file)
    {
        JsonObject root;
        try
        {
            root = KubeconfigYaml.Read(File.ReadAllText(file));
        }
        catch (Exception e) when (e is YamlException or IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new CredentialException($"The kubeconfig {file} cannot be read: {e.Message}", e);
        }

        CurrentContext ??= (string?)root["current-context"] is { Length: > 0 } current ? current : null;
        Collect(root, "clusters", "cluster", file, _clusters);
        Collect(root, "users", "user", file, _users);
        Collect(root, "contexts", "context", file, _contexts);
    }

    private static void Collect(JsonObject root, string list, string field, string file, Dictionary<string, KubeconfigEntry> into)
    {
        foreach (var item in (root[list] as JsonArray ?? []).OfType<JsonObject>())
            if ((string?)item["name"] is { } name)
                into.TryAdd(name, new KubeconfigEntry(name, file, item[field] as JsonObject ?? []));
    }

    private static KubeconfigEntry Find(Dictionary<string, KubeconfigEntry> entries, string what, string name) =>
        entries.TryGetValue(name, out var entry)
            ? entry
            : throw new CredentialException(
                $"The kubeconfig has no {what} {(name.Length > 0 ? name : "(no name given)")}; it has: "
                + $"{string.Join(", ", entries.Keys.Order())}.");

    private static TrustedRoots? Roots(KubeconfigEntry cluster, string? serverName)
    {
        if (cluster.Text("certificate-authority-data") is { } data)
        {
            var pem = Encoding.UTF8.GetString(cluster.Decode("certificate-authority-data", data));
            return new TrustedRoots(() => pem, serverName);
        }

        return cluster.FilePath("certificate-authority") is { } path ? TrustedRoots.FromFile(path, serverName) : null;
    }

    private static Impersonation? ImpersonationOf(KubeconfigEntry user)
    {
        if (user.Text("as") is not { } name) return null;
        var extra = (user.Fields["as-user-extra"] as JsonObject ?? []).ToDictionary(
            pair => pair.Key,
            pair => (IReadOnlyList<string>)[.. (pair.Value as JsonArray ?? []).Select(value => (string)value!)]);
        return new Impersonation(name, user.Text("as-uid"), user.Texts("as-groups"), extra);
    }
}
