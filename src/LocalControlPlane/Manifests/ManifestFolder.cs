using System.Text.Json.Nodes;
using LocalControlPlane.Formats;
using LocalControlPlane.Objects;

namespace LocalControlPlane.Manifests;

/// <summary>
/// A folder of YAML files, or a kustomize folder that does no more than list its resources and name a namespace. What more
/// kustomize can do, <c>kubectl kustomize</c> does; a folder that asks for it is refused, not half obeyed.
/// </summary>
public sealed class ManifestFolder(string path)
{
    private static readonly string[] Kustomizations = ["kustomization.yaml", "kustomization.yml", "Kustomization"];
    private static readonly string[] Extensions = [".yaml", ".yml", ".json"];
    private static readonly string[] UnderstoodFields = ["apiVersion", "kind", "metadata", "resources", "namespace"];

    public string Path { get; } = System.IO.Path.GetFullPath(path);

    /// <summary>Changes whenever a file of the folder does. Cheap: content is not read.</summary>
    public string Stamp() => string.Join('\n', new DirectoryInfo(Path).EnumerateFiles("*", SearchOption.AllDirectories)
        .OrderBy(file => file.FullName, StringComparer.Ordinal)
        .Select(file => $"{file.FullName} {Version(file)}"));

    /// <exception cref="ManifestException">Something in it cannot be read; nothing of it is to be applied.</exception>
    public IReadOnlyList<Manifest> Read()
    {
        var problems = new List<string>();
        var manifests = new List<Manifest>();
        ReadFolder(Path, null, manifests, problems);
        foreach (var twice in manifests.GroupBy(Identity).Where(group => group.Count() > 1))
            problems.Add(
                $"{twice.Last().File}: {twice.Last().Kind} {twice.Last().Name} is in "
                + $"{twice.First().File}, too; keep one of them");
        return problems.Count == 0 ? manifests : throw new ManifestException(string.Join('\n', problems));
    }

    // A link stays as it is when what it leads to changes.
    private static string Version(FileInfo found)
    {
        const string nowhere = "leads nowhere";
        try
        {
            var file = found.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? found;
            return file.Exists ? $"{file.LastWriteTimeUtc.Ticks} {file.Length}" : nowhere;
        }
        catch (IOException)
        {
            return nowhere;    // in a circle
        }
    }

    private static (string, string, string, string) Identity(Manifest manifest) =>
        (manifest.ApiVersion, manifest.Kind, manifest.Body.MetadataText("namespace") ?? "", manifest.Name);

    private static void ReadFolder(string folder, string? space, List<Manifest> manifests, List<string> problems)
    {
        var kustomization = Kustomizations.Select(name => System.IO.Path.Combine(folder, name)).FirstOrDefault(File.Exists);
        if (kustomization is not null)
        {
            ReadKustomization(folder, kustomization, space, manifests, problems);
            return;
        }

        foreach (var file in Directory.EnumerateFiles(folder).Where(IsManifest).Order(StringComparer.Ordinal))
            ReadFile(file, space, manifests, problems);
        foreach (var inner in Directory.EnumerateDirectories(folder).Order(StringComparer.Ordinal))
            ReadFolder(inner, space, manifests, problems);
    }

    private static void ReadKustomization(
        string folder, string file, string? space, List<Manifest> manifests, List<string> problems)
    {
        if (Parse(file, problems) is not [JsonObject kustomization]) return;

        var unknown = kustomization.Select(field => field.Key).Except(UnderstoodFields, StringComparer.Ordinal).ToList();
        if (unknown.Count > 0)
        {
            problems.Add(
                $"{file}: {string.Join(", ", unknown)} needs kustomize itself; render it with: kubectl kustomize {folder}");
            return;
        }

        foreach (var entry in kustomization["resources"] as JsonArray ?? [])
        {
            var resource = System.IO.Path.GetFullPath(System.IO.Path.Combine(folder, entry?.ToString() ?? ""));
            if (Directory.Exists(resource)) ReadFolder(resource, space ?? kustomization.Text("namespace"), manifests, problems);
            else if (File.Exists(resource)) ReadFile(resource, space ?? kustomization.Text("namespace"), manifests, problems);
            else problems.Add($"{file}: {entry} is not there; only files and folders of this host are read");
        }
    }

    private static void ReadFile(string file, string? space, List<Manifest> manifests, List<string> problems)
    {
        foreach (var document in Parse(file, problems).Where(document => document is not null))
        {
            foreach (var body in Unfold(document))
            {
                if (body is not JsonObject manifest
                    || manifest.Text("apiVersion") is null || manifest.Text("kind") is null
                    || manifest.MetadataText("name") is null)
                {
                    problems.Add($"{file}: a document without apiVersion, kind and metadata.name");
                    continue;
                }

                manifest = (JsonObject)manifest.DeepClone();
                if (space is not null && manifest.Text("kind") != "Namespace") manifest.Metadata()["namespace"] = space;
                manifests.Add(new Manifest(file, manifest));
            }
        }
    }

    private static JsonArray Unfold(JsonNode? document) =>
        document is JsonObject { } list && list.Text("kind") == "List" && list["items"] is JsonArray items
            ? items
            : new JsonArray(document?.DeepClone());

    private static IReadOnlyList<JsonNode?> Parse(string file, List<string> problems)
    {
        try
        {
            return YamlBody.ReadAll(File.ReadAllText(file));
        }
        catch (Exception e) when (e is FormatException or IOException or UnauthorizedAccessException)
        {
            problems.Add($"{file}: {e.Message}");
            return [];
        }
    }

    private static bool IsManifest(string file) =>
        Extensions.Contains(System.IO.Path.GetExtension(file)) && !System.IO.Path.GetFileName(file).StartsWith('.');
}
