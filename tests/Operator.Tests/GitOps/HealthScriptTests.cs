using System.Text;
using System.Text.Json.Nodes;
using TestSupport.Files;
using TestSupport.Prerequisites;
using TestSupport.Processes;
using YamlDotNet.RepresentationModel;

namespace Operator.Tests.GitOps;

/// <summary>Argo CD's health script, run by the interpreter whose dialect Argo CD embeds,
/// without the libraries that Argo CD leaves out.</summary>
public class HealthScriptTests
{
    private static readonly string[] Kinds = ["VpnGateway", "DdnsRecord", "SstpCertificate"];

    private static string Script => Path.Combine(Repository.Root, "deploy", "argocd", "health.lua");

    [RequiresFact("lua5.1")]
    public async Task What_was_just_created_is_progressing() => Assert.Equal("Progressing", (await HealthAsync("{}")).Status);

    [RequiresFact("lua5.1")]
    public async Task What_is_ready_is_healthy_and_says_why()
    {
        var (status, message) = await HealthAsync(Conditions(("Ready", "True")));

        Assert.Equal("Healthy", status);
        Assert.Equal("Ready says so", message);
    }

    [RequiresFact("lua5.1")]
    public async Task A_change_that_was_not_seen_yet_is_progressing_whatever_the_conditions_say() =>
        Assert.Equal("Progressing", (await HealthAsync(Conditions(("Ready", "True")), generation: 2)).Status);

    [RequiresFact("lua5.1")]
    public async Task The_first_certificate_being_issued_is_never_degraded() =>
        Assert.Equal("Progressing", (await HealthAsync(Conditions(("Ready", "False"), ("Issuing", "True")))).Status);

    [RequiresFact("lua5.1")]
    public async Task What_the_operator_still_works_at_is_progressing() =>
        Assert.Equal("Progressing", (await HealthAsync(Conditions(("Ready", "False"), ("Reconciling", "True")))).Status);

    [RequiresFact("lua5.1")]
    public async Task What_waits_for_a_person_is_degraded_even_while_the_last_good_state_serves() =>
        Assert.Equal("Degraded", (await HealthAsync(Conditions(("Ready", "True"), ("Stalled", "True")))).Status);

    [RequiresFact("lua5.1")]
    public async Task What_failed_and_is_not_being_worked_at_is_degraded() =>
        Assert.Equal("Degraded", (await HealthAsync(Conditions(("Ready", "False"), ("Reconciling", "False")))).Status);

    [RequiresFact("lua5.1")]
    public async Task What_is_not_known_is_progressing() =>
        Assert.Equal("Progressing", (await HealthAsync(Conditions(("Ready", "Unknown")))).Status);

    [RequiresFact("lua5.1")]
    public async Task What_is_paused_is_suspended() =>
        Assert.Equal("Suspended", (await HealthAsync(
            Conditions(("Ready", "True")), """{"annotations": {"vpn.sstp-operator.dev/paused": "true"}}""")).Status);

    [RequiresFact("lua5.1")]
    public async Task What_is_being_deleted_is_progressing_paused_or_not() =>
        Assert.Equal("Progressing", (await HealthAsync(
            Conditions(("Ready", "False")),
            """{"deletionTimestamp": "2026-01-01T00:00:00Z", "annotations": {"vpn.sstp-operator.dev/paused": "true"}}""")).Status);

    [Fact]
    public void Argo_cd_is_given_the_script_for_each_kind()
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(File.ReadAllText(Path.Combine(Repository.Root, "deploy", "argocd", "argocd-cm.yaml"))));
        var data = (YamlMappingNode)stream.Documents[0].RootNode["data"];

        Assert.Equal(
            Kinds.Select(kind => $"resource.customizations.health.vpn.sstp-operator.dev_{kind}"),
            data.Children.Keys.Select(key => key.ToString()));
        Assert.All(data.Children.Values, script => Assert.Equal(File.ReadAllText(Script), ((YamlScalarNode)script).Value));
    }

    private static string Conditions(params (string Type, string Status)[] conditions)
    {
        var list = new JsonArray([.. conditions.Select(condition => (JsonNode)new JsonObject
        {
            ["type"] = condition.Type,
            ["status"] = condition.Status,
            ["reason"] = "Test",
            ["message"] = $"{condition.Type} says so",
        })]);
        return new JsonObject { ["observedGeneration"] = 1, ["conditions"] = list }.ToJsonString();
    }

    private static async Task<(string Status, string Message)> HealthAsync(
        string status, string metadata = "{}", int generation = 1)
    {
        var resource = new JsonObject { ["metadata"] = JsonNode.Parse(metadata), ["status"] = JsonNode.Parse(status) };
        resource["metadata"]!["generation"] = generation;
        if (status == "{}") resource.Remove("status");

        using var folder = new TemporaryFolder("health");
        var runner = folder.Write("runner.lua", $"""
            local chunk = assert(loadfile("{Script}"))
            setfenv(chunk, setmetatable({"{"} obj = {Table(resource)}, ipairs = ipairs, pairs = pairs, type = type, tostring = tostring {"}"},
              {"{"} __index = function(_, name) error("no library has " .. name) end {"}"}))
            local health = chunk()
            print(health.status)
            print(health.message)
            """);
        var lines = (await Command.RunAsync("lua5.1", runner)).Split('\n');
        return (lines[0], lines[1]);
    }

    /// <summary>A Lua table as Argo CD makes one of an object.</summary>
    private static string Table(JsonNode? node) => node switch
    {
        JsonObject map => "{" + string.Join(", ", map.Select(entry => $"[{Quoted(entry.Key)}] = {Table(entry.Value)}")) + "}",
        JsonArray list => "{" + string.Join(", ", list.Select(Table)) + "}",
        JsonValue value when value.TryGetValue<string>(out var text) => Quoted(text),
        null => "nil",
        _ => node.ToJsonString(),
    };

    private static string Quoted(string text) =>
        new StringBuilder(text).Replace("\\", "\\\\").Replace("\"", "\\\"")
            .Replace("\n", "\\n").Insert(0, '"').Append('"').ToString();
}
