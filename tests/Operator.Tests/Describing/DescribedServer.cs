using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using KubeApi.Client;
using KubeApi.Credentials;
using KubeApi.Objects;
using LocalControlPlane;
using Microsoft.Extensions.Logging.Abstractions;
using Operator.Resources;
using Operator.Tests.Deploy;
using TestSupport.Files;
using TestSupport.Processes;

namespace Operator.Tests.Describing;

/// <summary>An API server with one object, as the operator left it, and kubectl to look at it.</summary>
internal sealed partial class DescribedServer : IAsyncDisposable
{
    private const string Namespace = "vpn";

    /// <summary>Long enough that kubectl gives the age of an event in whole minutes, and so always the same.</summary>
    private static readonly TimeSpan Age = TimeSpan.FromMinutes(20);

    private readonly TemporaryFolder _folder;
    private readonly ControlPlane _plane;
    private readonly KubeClient _client;

    private DescribedServer(TemporaryFolder folder, ControlPlane plane)
    {
        _folder = folder;
        _plane = plane;
        _client = new KubeClient(
            Kubeconfig.Load(plane.KubeconfigFile).Access(null, TimeProvider.System),
            new KubeClientOptions { UserAgent = "tests" }, TimeProvider.System,
            NullLogger<KubeClient>.Instance);
    }

    public static async Task<DescribedServer> StartAsync()
    {
        var folder = new TemporaryFolder("describe");
        var plane = await ControlPlane.StartAsync(
            new ControlPlaneOptions(folder.File("data"))
            {
                DefinitionFolder = Path.Combine(Repository.Root, "crds"), Listen = new IPEndPoint(IPAddress.Loopback, 0),
            },
            TimeProvider.System, NullLoggerFactory.Instance, CancellationToken.None);
        return new DescribedServer(folder, plane);
    }

    /// <summary>What kubectl prints, with the server's own numbers and times replaced by ones that stay the same.</summary>
    public async Task<string> DescribeAsync<T>(
        ResourceType<T> type, JsonObject manifest, JsonNode status,
        IEnumerable<(bool IsWarning, string Reason, string Note)> events, bool isDeleting)
        where T : notnull
    {
        var name = (string)manifest["metadata"]!["name"]!;
        await _client.CreateAsync(
            new ResourceType<JsonElement>("", "v1", "namespaces", "Namespace", ResourceJson.Info<JsonElement>()),
            new JsonObject
            {
                ["apiVersion"] = "v1", ["kind"] = "Namespace", ["metadata"] = new JsonObject { ["name"] = Namespace },
            },
            CancellationToken.None);
        var metadata = new JsonObject { ["name"] = name, ["namespace"] = Namespace };
        if (isDeleting) metadata["finalizers"] = new JsonArray("vpn.sstp-operator.dev/gateway");
        var created = await _client.CreateAsync(
            type,
            new JsonObject
            {
                ["apiVersion"] = type.ApiVersion,
                ["kind"] = type.Kind,
                ["metadata"] = metadata,
                ["spec"] = manifest["spec"]!.DeepClone(),
            },
            CancellationToken.None);
        await _client.ApplyStatusAsync(
            type, new JsonObject
            {
                ["apiVersion"] = type.ApiVersion,
                ["kind"] = type.Kind,
                ["metadata"] = new JsonObject { ["name"] = name, ["namespace"] = Namespace },
                ["status"] = status,
            },
            "operator", CancellationToken.None);
        if (isDeleting) await _client.DeleteAsync(type, created.Key, new DeleteOptions(), CancellationToken.None);
        foreach (var told in events) await TellAsync(type, created.Metadata, told);

        var text = await Command.RunAsync(
            "env", $"HOME={_folder.Path}", $"KUBECONFIG={_plane.KubeconfigFile}", Kubectl.Path!,
            "--namespace", Namespace, "describe", type.Plural, name);
        return Steady(text.TrimEnd('\n') + "\n");
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _plane.DisposeAsync();
        _folder.Dispose();
    }

    private async Task TellAsync(ResourceType type, ObjectMeta regarding, (bool IsWarning, string Reason, string Note) told) =>
        await _client.CreateAsync(
            BuiltIn.Events,
            new JsonObject
            {
                ["apiVersion"] = "events.k8s.io/v1",
                ["kind"] = "Event",
                ["metadata"] = new JsonObject
                {
                    ["name"] = $"{regarding.Name}.{told.Reason.ToLowerInvariant()}", ["namespace"] = Namespace,
                },
                ["eventTime"] = (DateTimeOffset.UtcNow - Age)
                    .ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture),
                ["reportingController"] = "vpn.sstp-operator.dev/operator",
                ["reportingInstance"] = "operator",
                ["action"] = "Reconcile",
                ["reason"] = told.Reason,
                ["type"] = told.IsWarning ? "Warning" : "Normal",
                ["note"] = told.Note,
                ["regarding"] = new JsonObject
                {
                    ["apiVersion"] = type.ApiVersion,
                    ["kind"] = type.Kind,
                    ["namespace"] = Namespace,
                    ["name"] = regarding.Name,
                    ["uid"] = regarding.Uid,
                },
            },
            CancellationToken.None);

    private static string Steady(string text)
    {
        text = OwnNumbers().Replace(text, found => found.Groups["name"].Value + found.Groups["name"].Value.Trim() switch
        {
            "UID:" => "0b5a1f6e-7c39-4c0e-9d3e-3f0a5f1d2c4b",
            "Resource Version:" => "1042",
            _ => "2026-11-25T11:59:00Z",
        });
        var serial = Serial().Match(text);
        return serial.Success ? text.Replace(serial.Groups[1].Value, "1A2B3C4D5E6F", StringComparison.Ordinal) : text;
    }

    [GeneratedRegex(@"^(?<name>\s*(UID|Resource Version|Creation Timestamp|Deletion Timestamp):\s+)\S+$", RegexOptions.Multiline)]
    private static partial Regex OwnNumbers();

    [GeneratedRegex(@"^\s+Serial:\s+(\S+)$", RegexOptions.Multiline)]
    private static partial Regex Serial();
}
