using System.Text.Json.Nodes;
using LocalControlPlane.Patching;
using LocalControlPlane.Schemas;
using LocalControlPlane.Schemas.BuiltIn;
using LocalControlPlane.Tests.Schemas;

namespace LocalControlPlane.Tests.Patching;

public class FieldManagementTests
{
    private static readonly StructuralSchema Deployment = BuiltInSchemas.Find("apps/v1", "Deployment")!;
    private static readonly StructuralSchema Service = BuiltInSchemas.Find("v1", "Service")!;
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_first_apply_creates_the_object_and_claims_what_it_names()
    {
        var applied = Read.Object("""
            {"apiVersion":"v1","kind":"Service","metadata":{"name":"s","labels":{"app":"x"}},
             "spec":{"ports":[{"port":443,"protocol":"TCP","name":"https"}],"selector":{"app":"x"}}}
            """);

        var result = Apply(Service, null, applied, "op").Object!;

        Assert.True(JsonNode.DeepEquals(result["metadata"]!["managedFields"], JsonNode.Parse("""
            [{"manager":"op","operation":"Apply","apiVersion":"v1","time":"2026-01-01T00:00:00Z","fieldsType":"FieldsV1","fieldsV1":
              {"f:metadata":{"f:labels":{"f:app":{}}},
               "f:spec":{"f:ports":{"k:{\"port\":443,\"protocol\":\"TCP\"}":{".":{},"f:name":{},"f:port":{},"f:protocol":{}}},"f:selector":{}}}}]
            """)), result["metadata"]!["managedFields"]!.ToJsonString());
    }

    [Fact]
    public void The_same_intent_again_changes_nothing_whatever_the_time()
    {
        var applied = Read.Object("""{"metadata":{"name":"d"},"spec":{"replicas":2}}""");
        var first = Apply(Deployment, null, applied, "op").Object!;
        var again = Apply(Deployment, first, applied, "op", later: 60).Object!;
        Assert.True(JsonNode.DeepEquals(first, again));
    }

    [Fact]
    public void A_field_that_is_dropped_from_the_intent_goes_unless_another_manager_claims_it()
    {
        var live =
            Apply(Deployment, null, Read.Object("""{"spec":{"replicas":2,"paused":true,"minReadySeconds":3}}"""), "op").Object!;
        live = Apply(Deployment, live, Read.Object("""{"spec":{"replicas":2}}"""), "scaler").Object!;

        var result = Apply(Deployment, live, Read.Object("""{"spec":{"minReadySeconds":3}}"""), "op").Object!;

        Assert.Equal("""{"replicas":2,"minReadySeconds":3}""", result["spec"]!.ToJsonString());
        Assert.Equal(["scaler: .spec.replicas", "op: .spec.minReadySeconds"], Claims(result).Order().Reverse());
    }

    [Fact]
    public void Elements_of_a_map_list_come_and_go_by_their_keys_with_the_defaults_inside_them()
    {
        var live = Apply(Service, null, Read.Object("""{"spec":{"ports":[{"port":80},{"port":443}]}}"""), "op").Object!;
        Defaulting.Apply(Service, live);

        var result = Apply(Service, live, Read.Object("""{"spec":{"ports":[{"port":443}]}}"""), "op").Object!;

        Assert.Equal("""[{"port":443,"protocol":"TCP"}]""", result["spec"]!["ports"]!.ToJsonString());
    }

    [Fact]
    public void Other_managers_elements_stay_and_the_order_is_that_of_the_intent()
    {
        var live = Apply(Service, null, Read.Object("""{"spec":{"ports":[{"port":1},{"port":2}]}}"""), "a").Object!;
        live = Apply(Service, live, Read.Object("""{"spec":{"ports":[{"port":3}]}}"""), "b").Object!;

        var result = Apply(Service, live, Read.Object("""{"spec":{"ports":[{"port":2},{"port":1}]}}"""), "a").Object!;

        Assert.Equal([2, 1, 3], result["spec"]!["ports"]!.AsArray().Select(port => port!["port"]!.GetValue<int>()));
    }

    [Fact]
    public void A_conflict_names_the_manager_how_it_wrote_and_each_field()
    {
        var live = Read.Object("""{"apiVersion":"apps/v1","spec":{"replicas":1,"paused":false}}""");
        Track(Deployment, null, live, "kubectl-edit");
        live = Apply(Deployment, live, Read.Object("""{"spec":{"minReadySeconds":1}}"""), "flux").Object!;

        var refused = Apply(Deployment, live, Read.Object("""{"spec":{"replicas":5,"paused":true,"minReadySeconds":2}}"""), "op");

        Assert.Null(refused.Object);
        Assert.Equal(
            [
                ("conflict with \"flux\"", ".spec.minReadySeconds"),
                ("conflict with \"kubectl-edit\" using v1 at 2026-01-01T00:00:00Z", ".spec.paused"),
                ("conflict with \"kubectl-edit\" using v1 at 2026-01-01T00:00:00Z", ".spec.replicas"),
            ],
            refused.Conflicts.Select(conflict => (conflict.Message, conflict.Field)).Order());
    }

    [Fact]
    public void Elements_in_conflicts_are_named_by_their_keys()
    {
        var live =
            Apply(Service, null, Read.Object("""{"spec":{"ports":[{"port":80,"protocol":"TCP","name":"a"}]}}"""), "a").Object!;
        var refused = Apply(Service, live, Read.Object("""{"spec":{"ports":[{"port":80,"protocol":"TCP","name":"b"}]}}"""), "b");
        Assert.Equal([""".spec.ports[port=80,protocol="TCP"].name"""], refused.Conflicts.Select(conflict => conflict.Field));
    }

    [Fact]
    public void Two_managers_that_agree_share_a_field()
    {
        var live = Apply(Deployment, null, Read.Object("""{"spec":{"replicas":2}}"""), "a").Object!;
        var shared = Apply(Deployment, live, Read.Object("""{"spec":{"replicas":2}}"""), "b");
        Assert.Empty(shared.Conflicts);
        Assert.Equal(["a: .spec.replicas", "b: .spec.replicas"], Claims(shared.Object!).Order());
    }

    [Fact]
    public void Force_takes_the_field_from_the_other_manager()
    {
        var live = Apply(Deployment, null, Read.Object("""{"spec":{"replicas":2,"paused":true}}"""), "a").Object!;
        var result = Apply(Deployment, live, Read.Object("""{"spec":{"replicas":3}}"""), "b", force: true).Object!;
        Assert.Equal(["a: .spec.paused", "b: .spec.replicas"], Claims(result).Order());
    }

    [Fact]
    public void Other_writes_claim_what_they_change_and_take_it_from_appliers()
    {
        var live = Apply(Deployment, null, Read.Object("""{"spec":{"replicas":2,"paused":true}}"""), "op").Object!;
        var next = (JsonObject)live.DeepClone();
        next["spec"]!["replicas"] = 5;
        next["spec"]!["minReadySeconds"] = 1;

        Track(Deployment, live, next, "kubectl", later: 60);

        Assert.Equal(["kubectl: .spec.minReadySeconds", "kubectl: .spec.replicas", "op: .spec.paused"], Claims(next).Order());
        Assert.Equal("2026-01-01T00:01:00Z", (string?)next["metadata"]!["managedFields"]![1]!["time"]);
        Assert.Equal("2026-01-01T00:00:00Z", (string?)next["metadata"]!["managedFields"]![0]!["time"]);
    }

    [Fact]
    public void A_write_that_changes_nothing_leaves_the_times_alone()
    {
        var live = Read.Object("""{"spec":{"replicas":1}}""");
        Track(Deployment, null, live, "kubectl");
        var next = (JsonObject)live.DeepClone();
        Track(Deployment, live, next, "kubectl", later: 60);
        Assert.True(JsonNode.DeepEquals(live, next));
    }

    [Fact]
    public void What_a_write_removes_nobody_claims_any_more()
    {
        var live = Apply(Deployment, null, Read.Object("""{"spec":{"replicas":2,"paused":true}}"""), "op").Object!;
        var next = (JsonObject)live.DeepClone();
        ((JsonObject)next["spec"]!).Remove("paused");
        Track(Deployment, live, next, "kubectl");
        Assert.Equal(["op: .spec.replicas"], Claims(next));
    }

    [Fact]
    public void The_status_path_and_the_main_path_keep_apart()
    {
        var live = Apply(Deployment, null, Read.Object("""{"spec":{"replicas":2},"status":{"replicas":9}}"""), "op").Object!;
        Assert.False(live.ContainsKey("status"));

        var result = FieldManagement.Apply(
            Deployment, live, Read.Object(
                """{"metadata":{"labels":{"a":"b"}},"spec":{"replicas":7},"status":{"conditions":[{"type":"Available","status":"True"}]}}"""),
            new FieldWriter("op", "apps/v1", "status", true, Start), force: true).Object!;

        Assert.Equal(2, result["spec"]!["replicas"]!.GetValue<int>());
        Assert.Null(result["metadata"]!["labels"]);
        Assert.Equal("status", (string?)result["metadata"]!["managedFields"]![1]!["subresource"]);
        Assert.Contains("op: .spec.replicas", Claims(result));
        Assert.Contains("""op: .status.conditions[type="Available"].status""", Claims(result));
    }

    [Fact]
    public void An_empty_list_of_managers_ends_all_claims()
    {
        var live = Apply(Deployment, null, Read.Object("""{"spec":{"replicas":2}}"""), "op").Object!;
        var next = (JsonObject)live.DeepClone();
        next["metadata"]!["managedFields"] = new JsonArray();
        Track(Deployment, live, next, "kubectl");
        Assert.Null(next["metadata"]!["managedFields"]);
    }

    [Fact]
    public void Many_managers_are_drawn_together_and_no_claim_is_lost()
    {
        var live = Read.Object("""{"spec":{"replicas":0}}""");
        for (var i = 0; i < 15; i++)
        {
            var next = (JsonObject)live.DeepClone();
            next["metadata"] ??= new JsonObject();
            if (next["metadata"]!["labels"] is null) next["metadata"]!["labels"] = new JsonObject();
            next["metadata"]!["labels"]![$"l{i}"] = "x";
            Track(Deployment, live, next, $"m{i:00}", later: i);
            live = next;
        }

        Assert.Equal(10, live["metadata"]!["managedFields"]!.AsArray().Count);
        Assert.Contains("ancient-changes: .metadata.labels.l0", Claims(live));
        Assert.Equal(15, Claims(live).Count(claim => claim.Contains(".metadata.labels.l", StringComparison.Ordinal)));
    }

    [Fact]
    public void Managed_fields_that_are_not_in_their_format_are_refused()
    {
        var next = Read.Object(
            """{"metadata":{"managedFields":[{"manager":"a","operation":"Update","fieldsV1":{"spec":{}}}]}}""");
        Assert.Throws<FormatException>(() => Track(Deployment, [], next, "kubectl"));
    }

    private static AppliedObject Apply(
        StructuralSchema schema, JsonObject? live, JsonObject applied, string manager, bool force = false, int later = 0) =>
        FieldManagement.Apply(schema, live, applied, new FieldWriter(manager, "v1", "", true, Start.AddSeconds(later)), force);

    private static void Track(StructuralSchema schema, JsonObject? live, JsonObject next, string manager, int later = 0) =>
        FieldManagement.TrackWrite(schema, live, next, new FieldWriter(manager, "v1", "", true, Start.AddSeconds(later)));

    private static List<string> Claims(JsonObject body) =>
        [.. body["metadata"]!["managedFields"]!.AsArray()
            .SelectMany(entry => Paths(entry!["fieldsV1"]!.AsObject(), "").Select(path => $"{entry["manager"]}: {path}"))];

    /// <summary>Read by another way than the code under test does.</summary>
    private static IEnumerable<string> Paths(JsonObject fields, string prefix)
    {
        foreach (var (element, inner) in fields.Where(field => field.Key != "."))
        {
            var path = prefix + (element.StartsWith("f:", StringComparison.Ordinal) ? "." + element[2..] : ListElement(element));
            if (inner!.AsObject().Count == 0) yield return path;
            foreach (var deeper in Paths(inner.AsObject(), path)) yield return deeper;
        }
    }

    private static string ListElement(string element) => element.StartsWith("k:", StringComparison.Ordinal)
        ? $"[{string.Join(",", JsonNode.Parse(element[2..])!.AsObject().Select(key => $"{key.Key}={key.Value!.ToJsonString()}"))}"
            + "]"
        : $"[={element[2..]}]";
}
