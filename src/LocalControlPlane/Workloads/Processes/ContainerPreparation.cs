using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using LocalControlPlane.Workloads.Pods;
using LocalControlPlane.Workloads.Volumes;

namespace LocalControlPlane.Workloads.Processes;

/// <summary>From a container's specification to a program on this host. Pure, but for reading which programs there are.</summary>
internal sealed partial class ContainerPreparation(RunnerOptions options, ObjectLookup lookup, IReadOnlyList<string> addresses)
{
    /// <summary>Of the runner's own environment: what any program needs to start at all.</summary>
    private static readonly string[] Inherited =
        ["PATH", "HOME", "LANG", "TZ", "DOTNET_ROOT", "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT", "SSL_CERT_FILE", "SSL_CERT_DIR"];

    /// <returns>The program, or why it cannot be started.</returns>
    public (PreparedContainer? Prepared, WaitingReason? Problem) Prepare(
        JsonObject pod, JsonObject container, IReadOnlyList<PlannedVolume> volumes)
    {
        var image = container.TextAt("image") ?? "";
        if (options.Program(image) is not { } program)
            return (null, new WaitingReason(
                "ErrImagePull",
                $"no program is known for image \"{image}\"; the local runner fetches no images: tell it which program to run"));

        var mounts = new PathMap(
            container.ObjectsAt("volumeMounts").Select(mount => (mount.TextAt("mountPath") ?? "", Source(mount, volumes))));
        var environment = Inherited.ToDictionary(name => name, Environment.GetEnvironmentVariable)
            .Where(v => v.Value is not null).ToDictionary(v => v.Key, v => v.Value!);
        if (AddEnvironment(pod, container, mounts, environment) is { } problem) return (null, problem);

        var command = container.TextsAt("command").Select(text => Expand(text, environment)).ToList();
        List<string> arguments = [.. command.Skip(1), .. container.TextsAt("args").Select(text => Expand(text, environment))];
        var isOnHost = command.Count > 0 && File.Exists(mounts.Rewrite(command[0]));
        var working = container.TextAt("workingDir") is { } folder && Directory.Exists(mounts.Rewrite(folder))
            ? mounts.Rewrite(folder)
            : options.PodFolder(pod.Uid());
        string[] started = isOnHost ? [mounts.Rewrite(command[0])] : [program.Path, .. program.Arguments];
        List<string> line = [.. CapabilityBounds.Prefix(container, started), .. started, .. arguments.Select(mounts.Rewrite)];
        return (new PreparedContainer(line[0], line[1..], environment, working, mounts), null);
    }

    private static string Source(JsonObject mount, IReadOnlyList<PlannedVolume> volumes)
    {
        var path = volumes.FirstOrDefault(volume => volume.Name == mount.TextAt("name"))?.Path ?? "";
        return mount.TextAt("subPath") is { } part ? Path.Combine(path, part) : path;
    }

    private WaitingReason? AddEnvironment(
        JsonObject pod, JsonObject container, PathMap mounts, Dictionary<string, string> environment)
    {
        foreach (var source in container.ObjectsAt("envFrom"))
        {
            var (kind, reference) = source["secretRef"] is { } secret
                ? ("Secret", secret)
                : ("ConfigMap", source["configMapRef"]);
            var found = lookup(kind, pod.Namespace(), reference.TextAt("name") ?? "");
            if (found is null && !reference.FlagAt("optional")) return NotFound(kind, reference.TextAt("name"));
            foreach (var (key, value) in Values(kind, found))
                environment[(source.TextAt("prefix") ?? "") + key] = mounts.Rewrite(value);
        }

        foreach (var variable in container.ObjectsAt("env"))
        {
            var name = variable.TextAt("name") ?? "";
            if (variable["valueFrom"] is not { } from)
            {
                environment[name] = mounts.Rewrite(Expand(variable.TextAt("value") ?? "", environment));
                continue;
            }

            var (value, problem) = ValueFrom(pod, from);
            if (problem is not null) return problem;
            if (value is not null) environment[name] = mounts.Rewrite(value);
        }

        return null;
    }

    private (string? Value, WaitingReason? Problem) ValueFrom(JsonObject pod, JsonNode from)
    {
        if (from.TextAt("fieldRef", "fieldPath") is { } path) return (PodFields.Read(pod, path, addresses), null);

        var (kind, reference) = from["secretKeyRef"] is { } secret ? ("Secret", secret) : ("ConfigMap", from["configMapKeyRef"]);
        if (reference is null)
            return (null, new WaitingReason(
                "CreateContainerConfigError", "the local runner knows fieldRef, secretKeyRef and configMapKeyRef only"));
        var found = lookup(kind, pod.Namespace(), reference.TextAt("name") ?? "");
        var value = Values(kind, found).FirstOrDefault(entry => entry.Key == reference.TextAt("key"));
        if (value.Key is not null) return (value.Value, null);
        if (reference.FlagAt("optional")) return (null, null);
        return (null, found is null
            ? NotFound(kind, reference.TextAt("name"))
            : new WaitingReason(
                "CreateContainerConfigError",
                $"couldn't find key {reference.TextAt("key")} in {kind} {pod.Namespace()}/{reference.TextAt("name")}"));
    }

    private static WaitingReason NotFound(string kind, string? name) =>
        new("CreateContainerConfigError", $"{kind.ToLowerInvariant()} \"{name}\" not found");

    private static IEnumerable<KeyValuePair<string, string>> Values(string kind, JsonObject? o) =>
        (o?["data"] as JsonObject ?? [])
            .Select(entry => new KeyValuePair<string, string>(entry.Key, kind == "Secret"
                ? Encoding.UTF8.GetString(Convert.FromBase64String(entry.Value.TextAt() ?? ""))
                : entry.Value.TextAt() ?? ""));

    /// <summary>$(NAME) becomes the value of a variable, $$(NAME) stays $(NAME), and an unknown name stays as it is.</summary>
    private static string Expand(string text, Dictionary<string, string> environment) => Reference().Replace(text, match =>
        match.Value.StartsWith("$$", StringComparison.Ordinal)
            ? match.Value[1..]
            : environment.GetValueOrDefault(match.Groups[1].Value, match.Value));

    [GeneratedRegex(@"\$?\$\(([A-Za-z_.-][A-Za-z0-9_.-]*)\)")]
    private static partial Regex Reference();
}
