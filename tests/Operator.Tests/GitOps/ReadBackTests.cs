using System.Text.Json.Nodes;
using Operator.Tests.Deploy;
using TestSupport.Waiting;

namespace Operator.Tests.GitOps;

/// <summary>
/// What the operator and the server add to an object (status, finalizers, defaults) is no difference to what was applied, so that
/// GitOps tools have nothing to ignore. By kubectl itself, with every resource of examples/; those of one namespace have been
/// worked at by the operator.
/// </summary>
public sealed class ReadBackTests : IAsyncLifetime
{
    private const string Worked = "vpn-edge";

    private static readonly TimeSpan Soon = TimeSpan.FromMinutes(1);

    // Two of the examples of names have the same name: only one of them can be there.
    private static readonly string[][] Examples =
    [
        ["-k", "examples/enterprise-branch"], ["-k", "examples/home-office"], ["-n", "vpn", "-f", "examples/certificates"],
        ["-f", "examples/ddns/no-ip-behind-router.yaml", "-f", "examples/ddns/seen-from-outside.yaml"],
    ];

    private GitOpsCluster _cluster = null!;

    public async Task InitializeAsync() => _cluster = await GitOpsCluster.StartAsync(Worked);

    public async Task DisposeAsync() => await _cluster.DisposeAsync();

    [KubectlTheory]
    [InlineData("--server-side=false")]
    [InlineData("--server-side")]
    public async Task What_was_applied_applied_again_changes_nothing(string mode)
    {
        await ApplyExamplesAsync(mode);
        await UntilWorkedAsync();
        var before = await HeldAsync();

        foreach (var example in Examples) Assert.Equal("", await _cluster.KubectlAsync(["diff", mode, .. example]));
        await ApplyExamplesAsync(mode);

        AssertSame(before, await HeldAsync(), @object => @object);
    }

    [KubectlTheory]
    [InlineData("--server-side=false")]
    [InlineData("--server-side")]
    public async Task What_the_server_holds_applied_back_changes_only_who_applied_what(string mode)
    {
        await ApplyExamplesAsync(mode);
        await UntilWorkedAsync();
        var before = await HeldAsync();

        var held = _cluster.Write(
            "held.yaml", await _cluster.KubectlAsync("get", GitOpsCluster.Kinds, "--all-namespaces", "-o", "yaml"));
        Assert.Equal("", await _cluster.KubectlAsync(["diff", mode, "-f", held]));
        await _cluster.KubectlAsync(["apply", mode, "-f", held]);

        // The annotation, or the manager's entry, now claims what the file held; each such write gives
        // a new resourceVersion, on any API server.
        AssertSame(before, await HeldAsync(), WithoutRecords);
    }

    /// <summary>As people commit it: what the server says of an object is not theirs to keep.</summary>
    [KubectlTheory]
    [InlineData("--server-side=false")]
    [InlineData("--server-side")]
    public async Task A_file_made_of_what_the_server_holds_settles_at_once(string mode)
    {
        await ApplyExamplesAsync(mode);
        await UntilWorkedAsync();
        var before = await HeldAsync();
        var items = before.Values.Select(held => (JsonNode)Committed(held));
        var file = _cluster.Write(
            "kept.json",
            new JsonObject { ["apiVersion"] = "v1", ["kind"] = "List", ["items"] = new JsonArray([.. items]) }.ToJsonString());

        Assert.Equal("", await _cluster.KubectlAsync(["diff", mode, "-f", file]));
        await _cluster.KubectlAsync(["apply", mode, "-f", file]);
        var once = await HeldAsync();
        AssertSame(before, once, WithoutRecords);

        await _cluster.KubectlAsync(["apply", mode, "-f", file]);
        AssertSame(once, await HeldAsync(), @object => @object);
    }

    private async Task ApplyExamplesAsync(string mode)
    {
        foreach (var example in Examples) await _cluster.KubectlAsync(["apply", mode, .. example]);
    }

    private Task<IReadOnlyDictionary<string, JsonObject>> HeldAsync() =>
        _cluster.GetAsync(GitOpsCluster.Kinds, "--all-namespaces");

    /// <summary>Waits until the operator has given each object a finalizer and a status
    /// of this generation, and stops it there.</summary>
    private async Task UntilWorkedAsync()
    {
        await Eventually.TrueAsync("a status of each object", Soon, async () =>
        {
            var held = await _cluster.GetAsync(GitOpsCluster.Kinds, "-n", Worked);
            return held.Count == 5 && held.Values.All(item =>
                item["metadata"]!["finalizers"] is JsonArray
                && (long?)item["status"]?["observedGeneration"] == (long)item["metadata"]!["generation"]!);
        });
        await _cluster.StopOperatorAsync();
    }

    private static void AssertSame(
        IReadOnlyDictionary<string, JsonObject> before,
        IReadOnlyDictionary<string, JsonObject> after, Func<JsonObject, JsonObject> view)
    {
        Assert.Equal(before.Keys.Order(StringComparer.Ordinal), after.Keys.Order(StringComparer.Ordinal));
        Assert.All(before, held => Assert.Equal(view(held.Value).ToJsonString(), view(after[held.Key]).ToJsonString()));
    }

    /// <summary>Without what an apply writes down about itself.</summary>
    private static JsonObject WithoutRecords(JsonObject held)
    {
        var rest = (JsonObject)held.DeepClone();
        var metadata = rest["metadata"]!.AsObject();
        metadata.Remove("managedFields");
        metadata.Remove("resourceVersion");
        (metadata["annotations"] as JsonObject)?.Remove("kubectl.kubernetes.io/last-applied-configuration");
        if (metadata["annotations"] is JsonObject { Count: 0 }) metadata.Remove("annotations");
        return rest;
    }

    private static JsonObject Committed(JsonObject held)
    {
        var kept = WithoutRecords(held);
        kept.Remove("status");
        foreach (var given in new[] { "uid", "generation", "creationTimestamp", "finalizers" })
            kept["metadata"]!.AsObject().Remove(given);
        return kept;
    }
}
