using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using GatewayConfig.Channel;
using KubeApi.Objects;
using Operator.Gateways.Planning;
using Operator.Gateways.Planning.Status;
using Operator.Resources;
using Operator.Resources.DdnsRecords;
using Operator.Resources.SstpCertificates;
using Operator.Resources.VpnGateways;
using Operator.Resources.Yaml;
using TestSupport.Files;

namespace Operator.Tests.Gateways.Planning;

/// <summary>The world that a golden case gives: Kubernetes' objects as an API server has them,
/// and a <c>GatewayReport</c> for each gateway that was asked.</summary>
/// <remarks>
/// The first VpnGateway is the one that is planned for. A Secret with the key <c>tls.crt</c> names a pair of files in
/// <c>Golden/certificates</c>. Digests of <c>@wanted</c> in a report stand for what an earlier pass has planned and stored.
/// </remarks>
internal static class GoldenWorld
{
    public static readonly DateTimeOffset Now = new(2026, 11, 25, 12, 0, 0, TimeSpan.Zero);

    private static readonly string Certificates =
        Path.Combine(Repository.Root, "tests", "Operator.Tests", "Gateways", "Golden", "certificates");

    public static GatewayFacts Read(string yaml)
    {
        var objects = ResourceYaml.Read(yaml).Cast<JsonObject>().ToList();
        var gateways = Of(objects, "VpnGateway").Select(node => node.Deserialize(ResourceJson.VpnGateway)!).ToList();
        var gateway = gateways[0];
        var certificate = Of(objects, "SstpCertificate").Select(node => node.Deserialize(ResourceJson.SstpCertificate)!)
            .FirstOrDefault(found => found.Metadata.Name == GatewayNames.Certificate(gateway));
        var facts = new GatewayFacts
        {
            Gateway = gateway,
            Now = Now,
            Settings = new GatewaySettings { Image = "registry.example/sstp-gateway:0.1.0" },
            Users = Secret(objects, gateway.Spec.Authentication.UsersSecret?.Name),
            Certificate = certificate,
            TlsSecret = Secret(objects, GatewayNames.TlsSecret(gateway, certificate)),
            Record = Of(objects, "DdnsRecord").Select(node => node.Deserialize(ResourceJson.DdnsRecord)!)
                .FirstOrDefault(found => found.Metadata.Name == GatewayNames.Record(gateway)),
            Config = Secret(objects, GatewayNames.Config(gateway.Metadata.Name)),
            Owned =
            [
                .. objects.Where(node => node["metadata"]?["ownerReferences"] is not null && Kind(node) != "Pod").Select(Owned),
            ],
            Workload = objects.Where(node => Kind(node) is "Deployment" or "DaemonSet")
                .Select(node => new KubeObject(Element(node))).FirstOrDefault(),
            Pods = [.. Of(objects, "Pod").Select(node => new KubeObject<Pod>(BuiltIn.Pods, Element(node)))],
            Nodes = [.. Of(objects, "Node").Select(node => new KubeObject<Node>(BuiltIn.Nodes, Element(node)))],
            Warnings = [.. Of(objects, "Event").Select(node => new KubeObject(Element(node)))],
            Others = gateways,
            AnsweringHttp = Of(objects, "SstpCertificate").Select(node => node.Deserialize(ResourceJson.SstpCertificate)!)
                .SelectMany(found => PlainHttp.GatewaysOf(found.Spec.Issuer).Select(name => $"{found.Metadata.Namespace}/{name}"))
                .ToHashSet(),
        };
        return WithReports(facts, Of(objects, "GatewayReport"));
    }

    private static GatewayFacts WithReports(GatewayFacts facts, IEnumerable<JsonObject> given)
    {
        var reports = given.ToDictionary(
            node => (string)node["pod"]!,
            node => new GatewayReport(node["status"]?.Deserialize(ChannelJson.Default.GatewayStatus), (string?)node["problem"]));
        if (reports.Values.All(report => report.Status?.Configuration.Digest != "@wanted"))
            return facts with { Reports = reports };

        var earlier = GatewayPlanner.Plan(
            facts with { Gateway = facts.Gateway with { Metadata = facts.Gateway.Metadata with { DeletionTimestamp = null } } });
        var bundle = earlier.Bundle!;
        return After(facts, earlier) with
        {
            Gateway = facts.Gateway,
            Owned = facts.Owned,
            Reports = reports.ToDictionary(
                entry => entry.Key, entry => entry.Value with { Status = Filled(entry.Value.Status!, bundle) }),
        };
    }

    private static GatewayStatus Filled(GatewayStatus status, ConfigurationBundle bundle) =>
        status.Configuration.Digest != "@wanted" ? status : status with
        {
            Configuration = status.Configuration with
            {
                Digest = ContentDigest.Of(bundle.Configuration),
                UsersDigest = bundle.Users is null ? null : ContentDigest.Of(bundle.Users),
            },
        };

    /// <summary>What a plan says, for people to read in a diff.</summary>
    public static string Write(GatewayPlan plan)
    {
        var text = new StringBuilder();
        var summary = new JsonObject
        {
            ["status"] = JsonSerializer.SerializeToNode(plan.Status, ResourceJson.Info<VpnGatewayStatus>()),
            ["events"] = new JsonArray([.. plan.Events.Select(
                told => (JsonNode)$"{(told.IsWarning ? "Warning" : "Normal")} {told.Reason}: {told.Note}")]),
            ["superfluous"] = new JsonArray([.. plan.Superfluous.Select(owned => (JsonNode)$"{owned.Kind} {owned.Name}")]),
            ["behind"] = new JsonArray([.. plan.Behind.Select(pod => (JsonNode)pod)]),
            ["releaseFinalizer"] = plan.ReleaseFinalizer,
            ["lookAgainAfter"] = plan.LookAgainAfter?.ToString("c", CultureInfo.InvariantCulture),
        };
        text.Append(ResourceYaml.Write(summary));
        if (plan.Bundle is { } bundle) text.Append("---\n# gateway.yaml\n").Append(bundle.Configuration);
        foreach (var made in plan.Objects) text.Append("---\n").Append(ResourceYaml.Write(made));
        return text.ToString();
    }

    /// <summary>The world after the plan was carried out, as far as the planner sees it.</summary>
    public static GatewayFacts After(GatewayFacts facts, GatewayPlan plan)
    {
        var config = plan.Objects.FirstOrDefault(made => Kind(made) == "Secret");
        return facts with
        {
            Gateway = facts.Gateway with { Status = plan.Status },
            Config = config is null ? facts.Config : new KubeObject<Secret>(BuiltIn.Secrets, Element(config)),
            Owned = plan.Objects.Count == 0 ? [.. facts.Owned.Except(plan.Superfluous)] : [.. plan.Objects.Select(Owned)],
            Workload = plan.Objects.Where(made => Kind(made) is "Deployment" or "DaemonSet")
                .Select(made => new KubeObject(Element(made))).FirstOrDefault()
                ?? facts.Workload,
        };
    }

    private static IEnumerable<JsonObject> Of(List<JsonObject> objects, string kind) => objects.Where(node => Kind(node) == kind);

    private static string Kind(JsonObject node) => (string)node["kind"]!;

    private static OwnedObject Owned(JsonObject node) =>
        new((string)node["apiVersion"]!, Kind(node), (string)node["metadata"]!["name"]!);

    private static KubeObject<Secret>? Secret(List<JsonObject> objects, string? name)
    {
        if (Of(objects, "Secret").FirstOrDefault(node => (string)node["metadata"]!["name"]! == name) is not { } secret)
            return null;

        var encoded = (JsonObject)secret.DeepClone();
        var data = new JsonObject();
        foreach (var (key, value) in (JsonObject?)secret["stringData"] ?? [])
        {
            var file = Path.Combine(Certificates, (string)value!);
            data[key] = Convert.ToBase64String(key.StartsWith("tls.", StringComparison.Ordinal)
                ? File.ReadAllBytes(file)
                : Encoding.UTF8.GetBytes((string)value!));
        }
        encoded.Remove("stringData");
        encoded["data"] = data;
        return new KubeObject<Secret>(BuiltIn.Secrets, Element(encoded));
    }

    private static JsonElement Element(JsonObject node) => JsonSerializer.SerializeToElement(node);
}
