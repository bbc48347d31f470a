using System.Text.Json;
using TestSupport.Files;

namespace CloudEdge.Tests.Programs;

/// <summary>What the providers take and give: their published schemas, cut down to what the program may use.</summary>
internal sealed class ProviderSchemas
{
    private readonly Dictionary<string, JsonElement> _resources = [];
    private readonly Dictionary<string, JsonElement> _functions = [];
    private readonly Dictionary<string, JsonElement> _types = [];

    /// <summary>Version by package.</summary>
    public Dictionary<string, string> Versions { get; } = [];

    public static ProviderSchemas Load()
    {
        var schemas = new ProviderSchemas();
        foreach (var path in Directory.GetFiles(Path.Combine(Repository.Root, "tests", "CloudEdge.Tests", "Schemas"), "*.json"))
            schemas.Add(JsonDocument.Parse(File.ReadAllText(path)).RootElement);
        return schemas;
    }

    public JsonElement? Resource(string type) => _resources.TryGetValue(type, out var found) ? found : null;

    public JsonElement? Function(string token) => _functions.TryGetValue(token, out var found) ? found : null;

    /// <param name="package">Types of two providers may have one name.</param>
    public JsonElement? Type(string package, string name) =>
        _types.TryGetValue($"{package}/{name}", out var found) ? found : null;

    private void Add(JsonElement schema)
    {
        var package = schema.GetProperty("provider").GetString()!;
        Versions.Add(package, schema.GetProperty("version").GetString()!);
        foreach (var entry in schema.GetProperty("resources").EnumerateObject()) _resources.Add(entry.Name, entry.Value);
        foreach (var entry in schema.GetProperty("functions").EnumerateObject()) _functions.Add(entry.Name, entry.Value);
        foreach (var entry in schema.GetProperty("types").EnumerateObject()) _types.Add($"{package}/{entry.Name}", entry.Value);
    }
}
