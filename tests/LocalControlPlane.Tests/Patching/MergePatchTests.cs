using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using LocalControlPlane.Patching;

namespace LocalControlPlane.Tests.Patching;

public class MergePatchTests
{
    /// <summary>RFC 7396, appendix A.</summary>
    [Theory]
    [InlineData("""{"a":"b"}""", """{"a":"c"}""", """{"a":"c"}""")]
    [InlineData("""{"a":"b"}""", """{"b":"c"}""", """{"a":"b","b":"c"}""")]
    [InlineData("""{"a":"b"}""", """{"a":null}""", "{}")]
    [InlineData("""{"a":"b","b":"c"}""", """{"a":null}""", """{"b":"c"}""")]
    [InlineData("""{"a":["b"]}""", """{"a":"c"}""", """{"a":"c"}""")]
    [InlineData("""{"a":"c"}""", """{"a":["b"]}""", """{"a":["b"]}""")]
    [InlineData("""{"a":{"b":"c"}}""", """{"a":{"b":"d","c":null}}""", """{"a":{"b":"d"}}""")]
    [InlineData("""{"a":[{"b":"c"}]}""", """{"a":[1]}""", """{"a":[1]}""")]
    [InlineData("""["a","b"]""", """["c","d"]""", """["c","d"]""")]
    [InlineData("""{"a":"b"}""", """["c"]""", """["c"]""")]
    [InlineData("""{"a":"foo"}""", "null", "null")]
    [InlineData("""{"a":"foo"}""", "\"bar\"", "\"bar\"")]
    [InlineData("""{"e":null}""", """{"a":1}""", """{"e":null,"a":1}""")]
    [InlineData("[1,2]", """{"a":"b","c":null}""", """{"a":"b"}""")]
    [InlineData("{}", """{"a":{"bb":{"ccc":null}}}""", """{"a":{"bb":{}}}""")]
    public void Gives_what_the_RFC_lists(string target, string patch, string expected) => Assert.True(
        JsonNode.DeepEquals(JsonNode.Parse(expected), MergePatch.Apply(JsonNode.Parse(target), JsonNode.Parse(patch))));

    [Fact]
    public void An_empty_patch_changes_nothing() => Check.One(Config.QuickThrowOnFailure, Prop.ForAll(
        RandomJson.Objects(withNulls: false),
        text => JsonNode.DeepEquals(JsonNode.Parse(text), MergePatch.Apply(JsonNode.Parse(text), new JsonObject()))));

    [Fact]
    public void Patching_twice_is_patching_once() => Check.One(Config.QuickThrowOnFailure, Prop.ForAll(
        RandomJson.Objects(withNulls: false), RandomJson.Objects(withNulls: true), (target, patch) =>
        {
            var once = MergePatch.Apply(JsonNode.Parse(target), JsonNode.Parse(patch));
            var twice = MergePatch.Apply(once?.DeepClone(), JsonNode.Parse(patch));
            return JsonNode.DeepEquals(once, twice);
        }));

    [Fact]
    public void A_patch_without_nulls_laid_on_nothing_is_itself_and_is_left_alone() =>
        Check.One(Config.QuickThrowOnFailure, Prop.ForAll(
            RandomJson.Objects(withNulls: false), text =>
            {
                var patch = JsonNode.Parse(text);
                var result = MergePatch.Apply(null, patch);
                return JsonNode.DeepEquals(result, patch) && patch!.ToJsonString() == JsonNode.Parse(text)!.ToJsonString();
            }));
}
