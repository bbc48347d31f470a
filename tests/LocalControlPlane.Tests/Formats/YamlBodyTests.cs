using System.Text;
using LocalControlPlane.Formats;

namespace LocalControlPlane.Tests.Formats;

/// <summary>YAML comes from whoever is logged in: what it makes must not be more than what was sent,
/// and nothing in it may end the process.</summary>
public class YamlBodyTests
{
    [Theory]
    [InlineData("{a: 1, b: '1', c: !!str 1, d: 1.5, e: true, f: , g: ~, h: text}",
        """{"a":1,"b":"1","c":"1","d":1.5,"e":true,"f":null,"g":null,"h":"text"}""")]
    [InlineData("a: &x {b: [1]}\nc: *x\nd: [*x]", """{"a":{"b":[1]},"c":{"b":[1]},"d":[{"b":[1]}]}""")]
    [InlineData("[1e999, -1, 0.5e1]", """["1e999",-1,5]""")]
    [InlineData("a: |\n  b\n  c\n", """{"a":"b\nc\n"}""")]
    public void Values_have_the_types_of_the_core_schema(string yaml, string json) =>
        Assert.Equal(json, Assert.Single(YamlBody.ReadAll(yaml))?.ToJsonString());

    [Fact]
    public void A_stream_has_as_many_documents_as_it_says()
    {
        Assert.Equal(["1", null, "2"], YamlBody.ReadAll("---\n1\n---\n---\n2\n").Select(document => document?.ToJsonString()));
        Assert.Empty(YamlBody.ReadAll(""));
    }

    [Theory]
    [InlineData("a: [", "line ")]
    [InlineData("a: 1\na: 2", "line 2, column 1: Duplicate key a")]
    [InlineData("? [a]\n: 1", "line 1: a key that is not text")]
    [InlineData("a: *x", "line 1: an alias that refers to nothing")]
    [InlineData("&x [*x]", "line 1: an alias that refers to nothing")]
    [InlineData("&x {a: *x}", "line 1: an alias that refers to nothing")]
    public void What_is_no_JSON_is_refused_with_its_line(string yaml, string problem) =>
        Assert.Contains(problem, Assert.Throws<FormatException>(() => YamlBody.ReadAll(yaml)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("[")]
    [InlineData("- ")]
    [InlineData("{a: ")]
    [InlineData("? ")]
    public void Nesting_without_end_is_refused(string opening) =>
        Assert.Throws<FormatException>(() => YamlBody.ReadAll(string.Concat(Enumerable.Repeat(opening, 100_000))));

    /// <summary>Nine names that stand for nine of the one before: 9^9 nodes in 400 bytes.</summary>
    [Fact]
    public void Aliases_of_aliases_are_refused_before_they_grow()
    {
        var yaml = new StringBuilder("a0: &a0 [x]\n");
        for (var i = 1; i <= 9; i++) yaml.Append($"a{i}: &a{i} [{string.Join(",", Enumerable.Repeat($"*a{i - 1}", 9))}]\n");

        Assert.Contains(
            "aliases", Assert.Throws<FormatException>(() => YamlBody.ReadAll(yaml.ToString())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Many_aliases_of_one_long_text_are_refused() =>
        Assert.Throws<FormatException>(
            () => YamlBody.ReadAll($"a: &a {new string('x', 10_000)}\nb: [{string.Join(",", Enumerable.Repeat("*a", 1000))}]"));

    /// <summary>Each name is shallow and costs little, and stands fifty deeper than the one before.</summary>
    [Fact]
    public void Aliases_do_not_nest_deeper_than_what_is_written_out()
    {
        string open = new('[', 50), close = new(']', 50);
        var yaml = $"a: &a {open}{close}\nb: &b {open}*a{close}\n";

        Assert.Single(YamlBody.ReadAll(yaml));
        Assert.Contains(
            "nested", Assert.Throws<FormatException>(() => YamlBody.ReadAll(yaml + $"c: {open}*b{close}")).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Many_documents_have_one_bound_together_and_no_anchors_of_each_other()
    {
        var document = $"---\na: &a {new string('x', 1000)}\nb: [{string.Join(",", Enumerable.Repeat("*a", 100))}]\n";

        Assert.Equal(5, YamlBody.ReadAll(string.Concat(Enumerable.Repeat(document, 5))).Count);
        Assert.Contains(
            "aliases",
            Assert.Throws<FormatException>(() => YamlBody.ReadAll(string.Concat(Enumerable.Repeat(document, 50)))).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "refers to nothing", Assert.Throws<FormatException>(() => YamlBody.ReadAll("---\na: &a 1\n---\nb: *a\n")).Message,
            StringComparison.Ordinal);
    }
}
