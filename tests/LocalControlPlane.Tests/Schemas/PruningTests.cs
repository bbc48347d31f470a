using System.Text.Json.Nodes;
using LocalControlPlane.Schemas;

namespace LocalControlPlane.Tests.Schemas;

public class PruningTests
{
    private const string Spec = """
        {"type": "object", "properties": {
          "name": {"type": "string"},
          "free": {"type": "object", "x-kubernetes-preserve-unknown-fields": true, "properties": {"known": {"type": "object", "properties": {"a": {"type": "string"}}}}},
          "labels": {"type": "object", "additionalProperties": {"type": "object", "properties": {"a": {"type": "string"}}}},
          "routes": {"type": "array", "items": {"type": "object", "properties": {"to": {"type": "string"}}}}}}
        """;

    [Fact]
    public void Takes_away_what_is_not_described_and_names_each_path()
    {
        var value = Read.Object("""
            {"apiVersion": "v1", "kind": "X", "metadata": {"name": "a", "labels": {"x/y": "z"}, "colour": "red"}, "extra": 1,
             "spec": {"name": "n", "nmae": "typo", "labels": {"k": {"a": "1", "b": "2"}}, "routes": [{"to": "x"}, {"too": "y"}]}}
            """);

        var unknown = Pruning.Prune(Read.Spec(Spec), value);

        Assert.Equal(["metadata.colour", "extra", "spec.nmae", "spec.labels[k].b", "spec.routes[1].too"], unknown);
        Assert.True(JsonNode.DeepEquals(value, Read.Object("""
            {"apiVersion": "v1", "kind": "X", "metadata": {"name": "a", "labels": {"x/y": "z"}},
             "spec": {"name": "n", "labels": {"k": {"a": "1"}}, "routes": [{"to": "x"}, {}]}}
            """)));
    }

    [Fact]
    public void Keeps_unknown_fields_where_the_schema_says_so_but_prunes_below_what_it_describes()
    {
        var value = Read.Object("""{"spec": {"free": {"anything": {"goes": 1}, "known": {"a": "1", "b": "2"}}}}""");

        Assert.Equal(["spec.free.known.b"], Pruning.Prune(Read.Spec(Spec), value));
    }
}
