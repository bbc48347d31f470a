using System.Text.Json.Nodes;
using LocalControlPlane.Schemas;

namespace LocalControlPlane.Tests.Schemas;

public class DefaultingTests
{
    private static readonly StructuralSchema Schema = Read.Spec("""
        {"type": "object", "properties": {
          "port": {"type": "integer", "default": 443},
          "plain": {"type": "string"},
          "mayBeNull": {"type": "string", "nullable": true, "default": "x"},
          "limits": {"type": "object", "default": {}, "properties": {"calls": {"type": "integer", "default": 100}}},
          "pools": {"type": "array", "items": {"type": "object", "properties": {"kind": {"type": "string", "default": "v4"}}}}}}
        """);

    [Theory]
    [InlineData("""{}""", """{"port": 443, "mayBeNull": "x", "limits": {"calls": 100}}""")]
    [InlineData("""{"port": null, "plain": null, "mayBeNull": null}""",
        """{"port": 443, "mayBeNull": null, "limits": {"calls": 100}}""")]
    [InlineData("""{"port": 1, "mayBeNull": "y", "limits": {"calls": 5}, "pools": [{}, {"kind": "v6"}]}""",
        """{"port": 1, "mayBeNull": "y", "limits": {"calls": 5}, "pools": [{"kind": "v4"}, {"kind": "v6"}]}""")]
    public void Fills_in_what_is_absent_or_null_where_null_is_not_allowed(string given, string expected)
    {
        var value = new JsonObject { ["spec"] = JsonNode.Parse(given) };
        Defaulting.Apply(Schema, value);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), value["spec"]), value.ToJsonString());
    }

    [Fact]
    public void Does_not_make_an_object_for_the_defaults_inside_it()
    {
        var value = new JsonObject();
        Defaulting.Apply(Schema, value);
        Assert.Empty(value);
    }

    [Fact]
    public void Defaulting_twice_changes_nothing_more()
    {
        var value = Read.Object("""{"spec": {"pools": [{}]}}""");
        Defaulting.Apply(Schema, value);
        var once = value.DeepClone();
        Defaulting.Apply(Schema, value);
        Assert.True(JsonNode.DeepEquals(once, value));
    }
}
