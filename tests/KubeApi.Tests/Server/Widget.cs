using System.Text.Json.Serialization;
using KubeApi.Objects;

namespace KubeApi.Tests.Server;

/// <summary>A kind of the tests. The server sends more fields than this type knows.</summary>
public sealed record Widget(WidgetSpec? Spec)
{
    public static ResourceType<Widget> Type { get; } = new("example.dev", "v1", "widgets", "Widget", WidgetJson.Default.Widget);

    /// <summary>As a server would send it.</summary>
    public static string Manifest(string name, string version, string size = "1", string uid = "", string more = "") =>
        $$$"""
        {"apiVersion":"example.dev/v1","kind":"Widget","metadata":{"name":"{{{name}}}","namespace":"ns","uid":"{{{(uid.Length > 0 ? uid : "uid-" + name)}}}","resourceVersion":"{{{version}}}"{{{more}}},"managedFields":[{"manager":"somebody"}]},"spec":{"size":"{{{size}}}","colour":"unknown to the type","parts":[{"name":"a","secret":"kept"}]}}
        """;

    public static string List(string version, params string[] items) =>
        $$"""{"apiVersion":"example.dev/v1","kind":"WidgetList","metadata":{"resourceVersion":"{{version}}"},"items":[{{string.Join(',', items)}}]}""";

    public static string Bookmark(string version) =>
        $$$"""{"apiVersion":"example.dev/v1","kind":"Widget","metadata":{"resourceVersion":"{{{version}}}"}}""";
}

public sealed record WidgetSpec(string? Size, IReadOnlyList<WidgetPart>? Parts, string? Note = null);

public sealed record WidgetPart(string Name);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Widget))]
internal sealed partial class WidgetJson : JsonSerializerContext;
