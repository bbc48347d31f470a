using System.Text.Json.Nodes;
using LocalControlPlane.Schemas;

namespace LocalControlPlane.Tests.Schemas;

/// <summary>Short ways to objects and schemas in tests.</summary>
internal static class Read
{
    public static JsonObject Object(string json) => JsonNode.Parse(json)!.AsObject();

    /// <summary>The schema of objects whose <c>spec</c> is as given.</summary>
    public static StructuralSchema Spec(string json) => Schema($$$"""{"type": "object", "properties": {"spec": {{{json}}} }}""");

    public static StructuralSchema Schema(string json)
    {
        var schema = SchemaReader.ReadObject(Object(json), out var problems);
        Assert.Empty(problems);
        return schema;
    }

    public static IReadOnlyList<string> Problems(string json)
    {
        SchemaReader.ReadObject(Object(json), out var problems);
        return [.. problems.Select(problem => problem.ToString())];
    }

    /// <summary>What validation says, one line an error.</summary>
    public static IReadOnlyList<string> Errors(StructuralSchema schema, string json, string? old = null) =>
        [.. SchemaValidation.Validate(schema, Object(json), old is null ? null : Object(old)).Select(error => error.ToString())];
}
