using System.Buffers;
using System.Text;
using System.Text.Json;
using KubeApi.Client;
using KubeApi.Tests.Server;

namespace KubeApi.Tests.Client;

/// <summary>A list is read as it comes in, wherever it is cut.</summary>
public class ListParserTests
{
    private const string List = """
        {"kind":"WidgetList","apiVersion":"v1","extra":{"deep":[1,{"items":[]}]},"metadata":{"resourceVersion":"7","continue":"more"},
         "items":[{"metadata":{"name":"a","managedFields":[{"manager":"x"}]},"spec":{"size":1,"unknown":"kept"}}, {"metadata":{"name":"b"}}]}
        """;

    [Fact]
    public void A_list_reads_the_same_wherever_it_is_cut()
    {
        var text = Encoding.UTF8.GetBytes(List);
        for (var first = 0; first <= text.Length; first++)
        {
            var page = Read(text, first, Math.Min(text.Length, first + 3));

            Assert.Equal(("7", "more"), (page.ResourceVersion, page.Continue));
            Assert.Equal(["a", "b"], page.Items.Select(item => item.Metadata.Name));
            Assert.Equal("kept", page.Items[0].Json.GetProperty("spec").GetProperty("unknown").GetString());
            Assert.False(page.Items[0].Json.GetProperty("metadata").TryGetProperty("managedFields", out _));
        }
    }

    [Theory]
    [InlineData("""{"metadata":{"resourceVersion":"1"},"items":null}""")]
    [InlineData("""{"items":[],"metadata":{"resourceVersion":"1"}}""")]
    [InlineData("""{"metadata":{"resourceVersion":"1"}}""")]
    public void An_empty_list_may_be_written_in_several_ways(string text) =>
        Assert.Empty(Read(Encoding.UTF8.GetBytes(text)).Items);

    [Theory]
    [InlineData("")]
    [InlineData("<html>log in</html>")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"metadata":{"resourceVersion":"1"},"items":[{"metadata":{}}""")]
    [InlineData("""{"metadata":{"resourceVersion":"1"},"items":["a"]}""")]
    [InlineData("""{"metadata":[],"items":[]}""")]
    public void What_is_no_list_is_refused(string text) =>
        Assert.ThrowsAny<JsonException>(() => Read(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void How_deep_one_object_nests_does_not_keep_a_list_from_being_read()
    {
        var deep = string.Concat(Enumerable.Repeat("{\"f:a\":", 9_000)) + "{}" + new string('}', 9_000);
        var list = $$$"""
            {"metadata":{"resourceVersion":"7"},"items":[
             {"metadata":{"name":"a","managedFields":[{"fieldsV1":{{{deep}}}}]},"spec":{"size":"1"},"kept":{{{deep}}}},{"metadata":{"name":"b"}}]}
            """;

        var items = Read(Encoding.UTF8.GetBytes(list)).Items;

        Assert.Equal(["a", "b"], items.Select(item => item.Metadata.Name));
        Assert.Equal(JsonValueKind.Object, items[0].Json.GetProperty("kept").ValueKind);
    }

    /// <summary>As a connection would show it: what was not taken is shown again, with more behind it.</summary>
    private static ListPage<Widget> Read(byte[] text, params int[] cuts)
    {
        var parser = new ListParser<Widget>(Widget.Type, metadataOnly: false);
        long taken = 0;
        foreach (var end in cuts)
        {
            var shown = new ReadOnlySequence<byte>(text, (int)taken, end - (int)taken);
            taken += shown.GetOffset(parser.Parse(shown, isLast: false)) - shown.GetOffset(shown.Start);
        }

        parser.Parse(new ReadOnlySequence<byte>(text, (int)taken, text.Length - (int)taken), isLast: true);
        return parser.Page;
    }
}
