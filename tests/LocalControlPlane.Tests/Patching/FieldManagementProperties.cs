using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using LocalControlPlane.Patching;
using LocalControlPlane.Schemas;
using LocalControlPlane.Tests.Schemas;

namespace LocalControlPlane.Tests.Patching;

/// <summary>What holds for any two managers and any intents.</summary>
public class FieldManagementProperties
{
    private static readonly StructuralSchema Schema = Read.Spec("""
        {"type": "object", "properties": {
          "a": {"type": "integer"},
          "labels": {"type": "object", "additionalProperties": {"type": "string"}},
          "atomic": {"type": "array", "items": {"x-kubernetes-preserve-unknown-fields": true}},
          "set": {"type": "array", "x-kubernetes-list-type": "set", "items": {"type": "string"}},
          "items": {"type": "array", "x-kubernetes-list-type": "map", "x-kubernetes-list-map-keys": ["name"], "items":
            {"type": "object", "required": ["name"], "properties": {"name": {"type": "string"}, "value": {"type": "integer"}}}}}}
        """);

    private static readonly Config Thorough = Config.QuickThrowOnFailure.WithMaxTest(500);

    [Fact]
    public void Applying_an_intent_twice_is_a_no_op() => Holds((a, b, _) =>
    {
        var live = Apply(Apply(null, a, "a"), b, "b");
        return JsonNode.DeepEquals(Apply(live, b, "b", later: 5), live);
    });

    [Fact]
    public void After_a_forced_apply_the_object_holds_all_of_the_intent() => Holds((a, b, _) =>
    {
        var live = Apply(Apply(null, a, "a"), b, "b");
        return JsonNode.DeepEquals(
            FieldManagement.Apply(Schema, live, Intent(b), Writer("checker"), force: false).Object?["spec"], live["spec"]);
    });

    [Fact]
    public void What_one_manager_alone_applied_is_replaced_by_its_next_intent() => Holds((a, b, _) =>
        JsonNode.DeepEquals(Emptied(Apply(Apply(null, a, "a"), b, "a")["spec"]), Emptied(Apply(null, b, "a")["spec"])));

    [Fact]
    public void Giving_up_an_intent_leaves_what_the_other_manager_applied() => Holds((a, b, _) =>
    {
        var live = Apply(Apply(Apply(null, a, "a"), b, "b"), "{}", "a");
        return JsonNode.DeepEquals(Sorted(Emptied(live["spec"])), Sorted(Emptied(Apply(null, b, "b")["spec"])));
    });

    [Fact]
    public void Any_write_leaves_each_changed_field_to_its_writer_only() => Holds((a, b, c) =>
    {
        var live = Apply(Apply(null, a, "a"), b, "b");
        var next = (JsonObject)live.DeepClone();
        next["spec"] = JsonNode.Parse(c);
        FieldManagement.TrackWrite(Schema, live, next, Writer("editor"));
        var again = (JsonObject)next.DeepClone();
        FieldManagement.TrackWrite(Schema, next, again, Writer("editor"));
        // The editor owns what it changed, so its own apply of the same state meets no conflict but with those it left alone.
        return JsonNode.DeepEquals(next, again) && JsonNode.DeepEquals(next["spec"], JsonNode.Parse(c));
    });

    private static void Holds(Func<string, string, string, bool> property) => Check.One(Thorough, Prop.ForAll(
        RandomJson.Specs.ToArbitrary(), RandomJson.Specs.ToArbitrary(), RandomJson.Specs.ToArbitrary(), property));

    private static JsonObject Apply(JsonObject? live, string spec, string manager, int later = 0) =>
        FieldManagement.Apply(Schema, live, Intent(spec), Writer(manager, later), force: true).Object!;

    private static JsonObject Intent(string spec) =>
        new() { ["metadata"] = new JsonObject { ["name"] = "x" }, ["spec"] = JsonNode.Parse(spec) };

    private static FieldWriter Writer(string manager, int later = 0) =>
        new(manager, "example.com/v1", "", true, new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddSeconds(later));

    /// <summary>Without containers that are empty: whether those stay depends on who is left to claim them.</summary>
    private static JsonNode? Emptied(JsonNode? node)
    {
        if (node is not JsonObject fields) return node?.DeepClone();
        var result = new JsonObject();
        foreach (var (name, value) in fields)
        {
            if (value is not (JsonObject { Count: 0 } or JsonArray { Count: 0 })) result[name] = value?.DeepClone();
        }

        return result;
    }

    /// <summary>Sets and map lists in one order, which two managers may have left in another.</summary>
    private static JsonNode? Sorted(JsonNode? spec)
    {
        foreach (var name in new[] { "set", "items" })
        {
            if (spec?[name] is JsonArray elements)
                spec[name] = new JsonArray(
                    [.. elements.Select(e => e!.DeepClone()).OrderBy(e => e.ToJsonString(), StringComparer.Ordinal)]);
        }

        return spec;
    }
}
