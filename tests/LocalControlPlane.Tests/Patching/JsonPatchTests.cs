using System.Text.Json.Nodes;
using LocalControlPlane.Patching;

namespace LocalControlPlane.Tests.Patching;

public class JsonPatchTests
{
    /// <summary>The cases of RFC 6902, appendix A, and of section 4.</summary>
    [Theory]
    [InlineData("""{"foo":"bar"}""", """[{"op":"add","path":"/baz","value":"qux"}]""", """{"baz":"qux","foo":"bar"}""")]
    [InlineData("""{"foo":["bar","baz"]}""", """[{"op":"add","path":"/foo/1","value":"qux"}]""",
        """{"foo":["bar","qux","baz"]}""")]
    [InlineData("""{"foo":["bar"]}""", """[{"op":"add","path":"/foo/-","value":["abc"]}]""", """{"foo":["bar",["abc"]]}""")]
    [InlineData("""{"baz":"qux","foo":"bar"}""", """[{"op":"remove","path":"/baz"}]""", """{"foo":"bar"}""")]
    [InlineData("""{"foo":["bar","qux","baz"]}""", """[{"op":"remove","path":"/foo/1"}]""", """{"foo":["bar","baz"]}""")]
    [InlineData("""{"baz":"qux"}""", """[{"op":"replace","path":"/baz","value":"boo"}]""", """{"baz":"boo"}""")]
    [InlineData("""{"foo":["a","b"]}""", """[{"op":"replace","path":"/foo/0","value":"c"}]""", """{"foo":["c","b"]}""")]
    [InlineData(
        """{"foo":{"bar":"baz","waldo":"fred"},"qux":{"corge":"grault"}}""",
        """[{"op":"move","from":"/foo/waldo","path":"/qux/thud"}]""",
        """{"foo":{"bar":"baz"},"qux":{"corge":"grault","thud":"fred"}}""")]
    [InlineData("""{"foo":["all","grass","cows","eat"]}""", """[{"op":"move","from":"/foo/1","path":"/foo/3"}]""",
        """{"foo":["all","cows","eat","grass"]}""")]
    [InlineData("""{"foo":{"a":1}}""", """[{"op":"copy","from":"/foo","path":"/bar"}]""", """{"foo":{"a":1},"bar":{"a":1}}""")]
    [InlineData(
        """{"baz":"qux","foo":["a",2,"c"]}""",
        """[{"op":"test","path":"/baz","value":"qux"},{"op":"test","path":"/foo/1","value":2}]""",
        """{"baz":"qux","foo":["a",2,"c"]}""")]
    [InlineData("""{"foo":"bar"}""", """[{"op":"add","path":"/child","value":{"grandchild":{}}}]""",
        """{"foo":"bar","child":{"grandchild":{}}}""")]
    [InlineData("""{"/":9,"~1":10}""", """[{"op":"test","path":"/~01","value":10},{"op":"remove","path":"/~1"}]""",
        """{"~1":10}""")]
    [InlineData("""{"foo":null}""", """[{"op":"test","path":"/foo","value":null}]""", """{"foo":null}""")]
    [InlineData("""{"foo":1}""", """[{"op":"replace","path":"","value":{"a":2}}]""", """{"a":2}""")]
    public void Gives_what_the_RFC_lists(string document, string patch, string expected) => Assert.True(
        JsonNode.DeepEquals(JsonNode.Parse(expected), JsonPatch.Apply(JsonNode.Parse(document), JsonNode.Parse(patch))));

    [Theory]
    [InlineData("""{"baz":"qux"}""", """[{"op":"test","path":"/baz","value":"bar"}]""", "testing path '/baz' value failed")]
    [InlineData("""{"foo":"bar"}""", """[{"op":"add","path":"/baz/bat","value":"qux"}]""", "does not exist")]
    [InlineData("""{"foo":"bar"}""", """[{"op":"remove","path":"/baz"}]""", "does not exist")]
    [InlineData("""{"foo":"bar"}""", """[{"op":"replace","path":"/baz","value":1}]""", "does not exist")]
    [InlineData("""{"foo":["a"]}""", """[{"op":"add","path":"/foo/2","value":1}]""", "does not exist")]
    [InlineData("""{"foo":["a"]}""", """[{"op":"remove","path":"/foo/-"}]""", "does not exist")]
    [InlineData("""{"foo":["a","b"]}""", """[{"op":"remove","path":"/foo/01"}]""", "does not exist")]
    [InlineData("""{"foo":{"bar":1}}""", """[{"op":"move","from":"/foo","path":"/foo/bar"}]""", "into itself")]
    [InlineData("""{}""", """[{"op":"add","path":"/a"}]""", "value is missing")]
    [InlineData("""{}""", """[{"op":"remove"}]""", "path is missing")]
    [InlineData("""{}""", """[{"op":"remove","path":"a"}]""", "begin with a slash")]
    [InlineData("""{}""", """[{"op":"remove","path":"/a~2"}]""", "neither ~0 nor ~1")]
    [InlineData("""{}""", """[{"op":"increment","path":"/a"}]""", "is not an operation")]
    [InlineData("""{}""", """{"op":"remove","path":"/a"}""", "list of operations")]
    public void Refuses_what_does_not_apply_and_says_which_operation(string document, string patch, string problem)
    {
        var refusal = Assert.Throws<PatchException>(() => JsonPatch.Apply(JsonNode.Parse(document), JsonNode.Parse(patch)));
        Assert.Contains(problem, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_patch_that_fails_half_way_leaves_the_document_as_it_was()
    {
        var document = JsonNode.Parse("""{"a":1}""")!;
        Assert.Throws<PatchException>(
            () => JsonPatch.Apply(document, JsonNode.Parse("""[{"op":"remove","path":"/a"},{"op":"remove","path":"/b"}]""")));
        Assert.Equal("""{"a":1}""", document.ToJsonString());
    }

    /// <summary>Thirty copies of the whole into itself are 2^30 nodes.</summary>
    [Fact]
    public void Copies_of_copies_are_refused_before_they_grow()
    {
        var doublings = Enumerable.Range(0, 30).Select(i => $$"""{"op":"copy","from":"","path":"/a{{i}}"}""");

        var refusal = Assert.Throws<PatchException>(
            () => JsonPatch.Apply(JsonNode.Parse("""{"a":"b"}"""), JsonNode.Parse($"[{string.Join(",", doublings)}]")));

        Assert.Contains("copies", refusal.Message, StringComparison.Ordinal);
    }

    /// <summary>What walked the result called itself once for each level,
    /// until the stack was full and the process ended.</summary>
    [Theory]
    [InlineData("""{"op":"move","from":"/z","path":"BOTTOM"},{"op":"move","from":"/y","path":"/z"}""")]
    [InlineData(
        """{"op":"copy","from":"/z","path":"BOTTOM"},{"op":"remove","path":"/z"},{"op":"copy","from":"/y","path":"/z"}""")]
    public void Pieces_that_are_put_below_each_other_are_refused_before_they_are_deep(string rise)
    {
        var nested = string.Concat(Enumerable.Repeat("{\"a\":", 30)) + "{}" + new string('}', 30);
        var bottom = "/y" + string.Concat(Enumerable.Repeat("/a", 30)) + "/b";
        var step =
            $$"""{"op":"add","path":"/y","value":{{nested}}},{{rise.Replace("BOTTOM", bottom, StringComparison.Ordinal)}}""";

        JsonPatch.Apply(JsonNode.Parse("""{"z":{}}"""), JsonNode.Parse($"[{step}]"));
        var refusal = Assert.Throws<PatchException>(() =>
            JsonPatch.Apply(
                JsonNode.Parse("""{"z":{}}"""), JsonNode.Parse($"[{string.Join(",", Enumerable.Repeat(step, 20))}]")));

        Assert.Contains("nest deeper than 128", refusal.Message, StringComparison.Ordinal);
    }

    /// <summary>Each would be a copy of all elements, were they not moved as they are.</summary>
    [Fact]
    public void Many_moves_of_what_is_large_leave_it_whole()
    {
        var document = new JsonObject
        {
            ["a"] = new JsonArray([.. Enumerable.Range(0, 100_000).Select(i => JsonValue.Create(i))]),
        };
        var moves = Enumerable.Range(0, 10_000)
            .Select(i => i % 2 == 0 ? """{"op":"move","from":"/a","path":"/b"}""" : """{"op":"move","from":"/b","path":"/a"}""");

        Assert.True(JsonNode.DeepEquals(document, JsonPatch.Apply(document, JsonNode.Parse($"[{string.Join(",", moves)}]"))));
    }
}
