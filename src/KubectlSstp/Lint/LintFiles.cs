using System.Text.Json.Nodes;
using LocalControlPlane.Manifests;
using Operator.Resources.Yaml;
using YamlDotNet.Core;

namespace KubectlSstp.Lint;

/// <summary>Reads what is to be checked: files of YAML or JSON, folders, and "-" for standard input,
/// as kubectl kustomize would fill it.</summary>
internal static class LintFiles
{
    /// <param name="space">The namespace of objects that name none.</param>
    public static IReadOnlyList<LintObject> Read(IEnumerable<string> paths, string space, List<LintFinding> findings)
    {
        var objects = new List<LintObject>();
        foreach (var path in paths)
        {
            try
            {
                if (path == "-") Add(objects, "(standard input)", Console.In.ReadToEnd(), space, findings);
                else if (Directory.Exists(path)) objects.AddRange(Folder(path, space));
                else Add(objects, path, File.ReadAllText(path), space, findings);
            }
            catch (ManifestException e)
            {
                // A line for each mistake, with its file.
                findings.AddRange(e.Message.Split('\n').Select(line => new LintFinding(Severity.Error, path, "", "", line)));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                findings.Add(new LintFinding(Severity.Error, path, "", "", e.Message));
            }
        }
        return objects;
    }

    /// <summary>As the local control plane reads it, a kustomization included.</summary>
    private static IEnumerable<LintObject> Folder(string path, string space)
    {
        var folder = new ManifestFolder(path);
        return folder.Read().Select(manifest => new LintObject(
            Path.Combine(path, Path.GetRelativePath(folder.Path, manifest.File)), Space(manifest.Body, space), manifest.Body));
    }

    private static void Add(List<LintObject> objects, string file, string text, string space, List<LintFinding> findings)
    {
        try
        {
            foreach (var document in ResourceYaml.Read(text))
            {
                foreach (var item in document is JsonObject list
                    && (string?)list["kind"] == "List" && list["items"] is JsonArray items
                    ? items.ToList()
                    : [document])
                {
                    if (item is JsonObject body)
                        objects.Add(new LintObject(file, Space(body, space), (JsonObject)body.DeepClone()));
                    else
                        findings.Add(new LintFinding(
                            Severity.Error, file, "", "", "a document is no object: give apiVersion, kind and metadata"));
                }
            }
        }
        catch (YamlException e)
        {
            findings.Add(new LintFinding(Severity.Error, file, "", "", $"line {e.Start.Line}: {e.Message}"));
        }
    }

    private static string Space(JsonObject body, string space) =>
        (body["metadata"] as JsonObject)?["namespace"] is JsonValue value && value.TryGetValue<string>(out var text)
            ? text
            : space;
}
