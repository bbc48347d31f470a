using System.Text;
using System.Text.Json.Nodes;
using LocalControlPlane.Workloads.Pods;
using LocalControlPlane.Workloads.Processes;

namespace LocalControlPlane.Workloads.Volumes;

/// <summary>What the volumes of a pod hold, and where. Pure.</summary>
internal sealed class VolumePlanner(ObjectLookup lookup, IReadOnlyList<string> addresses)
{
    private const long DefaultMode = 420;

    /// <returns>The volumes, or the first thing that is missing.</returns>
    public (IReadOnlyList<PlannedVolume> Volumes, WaitingReason? Problem) Plan(JsonObject pod, string podFolder)
    {
        var planned = new List<PlannedVolume>();
        foreach (var volume in pod.ObjectsAt("spec", "volumes"))
        {
            var name = volume.TextAt("name") ?? "";
            var folder = Path.Combine(podFolder, "volumes", name);
            if (volume["hostPath"] is { } host)
            {
                planned.Add(new PlannedVolume(name, host.TextAt("path") ?? "/", null));
                continue;
            }

            if (volume["emptyDir"] is not null)
            {
                planned.Add(new PlannedVolume(name, folder, null));
                continue;
            }

            var files = new List<VolumeFile>();
            var problem = Fill(pod, volume, files);
            if (problem is not null)
                return (planned, new WaitingReason("CreateContainerConfigError", $"volume \"{name}\": {problem}"));
            planned.Add(new PlannedVolume(name, folder, files));
        }

        return (planned, null);
    }

    private string? Fill(JsonObject pod, JsonObject volume, List<VolumeFile> files)
    {
        if (volume["secret"] is { } secret)
            return FromObject(pod, "Secret", secret.TextAt("secretName"), secret, Mode(secret, DefaultMode), files);
        if (volume["configMap"] is { } map)
            return FromObject(pod, "ConfigMap", map.TextAt("name"), map, Mode(map, DefaultMode), files);
        if (volume["downwardAPI"] is { } downward) return FromPod(pod, downward, Mode(downward, DefaultMode), files);
        if (volume["projected"] is not { } projected)
            return "the local runner has no volumes of this kind "
                + $"({string.Join(", ", volume.Where(f => f.Key != "name").Select(f => f.Key))}); it has secret, configMap, "
                + "projected, downwardAPI, emptyDir and hostPath";

        foreach (var source in projected.ObjectsAt("sources"))
        {
            var problem = source switch
            {
                _ when source["secret"] is { } s =>
                    FromObject(pod, "Secret", s.TextAt("name"), s, Mode(projected, DefaultMode), files),
                _ when source["configMap"] is { } c =>
                    FromObject(pod, "ConfigMap", c.TextAt("name"), c, Mode(projected, DefaultMode), files),
                _ when source["downwardAPI"] is { } d => FromPod(pod, d, Mode(projected, DefaultMode), files),
                _ => $"the local runner cannot project {string.Join(", ", source.Select(f => f.Key))}",
            };
            if (problem is not null) return problem;
        }

        return null;
    }

    private string? FromObject(
        JsonObject pod, string kind, string? name, JsonNode source, UnixFileMode mode, List<VolumeFile> files)
    {
        var found = lookup(kind, pod.Namespace(), name ?? "");
        if (found is null) return source.FlagAt("optional") ? null : $"{kind.ToLowerInvariant()} \"{name}\" not found";

        var values = Values(kind, found);
        var items = source.ObjectsAt("items").ToList();
        if (items.Count == 0)
        {
            files.AddRange(values.Select(value => new VolumeFile(value.Key, value.Value, mode)));
            return null;
        }

        foreach (var item in items)
        {
            var key = item.TextAt("key") ?? "";
            if (values.TryGetValue(key, out var content))
                files.Add(new VolumeFile(item.TextAt("path") ?? key, content, Mode(item, (long)mode, "mode")));
            else if (!source.FlagAt("optional")) return $"{kind.ToLowerInvariant()} \"{name}\" has no key \"{key}\"";
        }

        return null;
    }

    private string? FromPod(JsonObject pod, JsonNode source, UnixFileMode mode, List<VolumeFile> files)
    {
        foreach (var item in source.ObjectsAt("items"))
        {
            if (item.TextAt("fieldRef", "fieldPath") is not { } path) return "the local runner offers fields of the pod only";
            files.Add(
                new VolumeFile(item.TextAt("path") ?? "", Encoding.UTF8.GetBytes(PodFields.Read(pod, path, addresses)), mode));
        }

        return null;
    }

    private static Dictionary<string, ReadOnlyMemory<byte>> Values(string kind, JsonObject o)
    {
        var values = new Dictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal);
        foreach (var (key, value) in o["data"] as JsonObject ?? [])
            values[key] = kind == "Secret"
                ? Convert.FromBase64String(value.TextAt() ?? "")
                : Encoding.UTF8.GetBytes(value.TextAt() ?? "");
        foreach (var (key, value) in o["binaryData"] as JsonObject ?? [])
            values[key] = Convert.FromBase64String(value.TextAt() ?? "");
        return values;
    }

    private static UnixFileMode Mode(JsonNode source, long fallback, string field = "defaultMode") =>
        (UnixFileMode)((source.NumberAt(field) ?? fallback) & 0x1FF);
}
