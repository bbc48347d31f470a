using System.Text.Json;
using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace CloudEdge.Tests.Programs;

/// <summary>Reads an emitted program as Pulumi's host and the providers would, and lists what they would object to.</summary>
internal sealed partial class ProgramCheck(ProviderSchemas schemas)
{
    private readonly List<string> _problems = [];
    private readonly Dictionary<string, IReadOnlySet<string>?> _names = [];

    public IReadOnlyList<string> Problems(string text)
    {
        var root = Root(text);
        Collect(root);
        foreach (var (key, node) in Section(root, "variables")) Expression($"variables.{key}", node, "any", package: "");
        foreach (var (key, node) in Section(root, "resources")) Resource(key, (YamlMappingNode)node);
        foreach (var (key, node) in Section(root, "outputs")) Expression($"outputs.{key}", node, "any", package: "");
        return _problems;
    }

    /// <summary>The packages that the types and functions of a program come from.</summary>
    public static HashSet<string> Packages(string text) =>
        [.. TokenPattern().Matches(text).Select(match => match.Groups["package"].Value)];

    // What ${...} may name: secrets (no properties), variables (properties unknown), resources (their outputs).
    private void Collect(YamlMappingNode root)
    {
        foreach (var (key, _) in Section(root, "config")) _names.Add(key, new HashSet<string>());
        foreach (var (key, _) in Section(root, "variables")) _names.Add(key, null);
        foreach (var (key, node) in Section(root, "resources"))
        {
            var type = Scalar(((YamlMappingNode)node)["type"]);
            if (schemas.Resource(type) is not { } schema) _problems.Add($"resources.{key}: there is no type {type}");
            else
                _names.Add(key, schema.GetProperty("outputs").EnumerateArray()
                    .Select(output => output.GetString()!).Append("urn").ToHashSet());
        }
    }

    private void Resource(string key, YamlMappingNode node)
    {
        var type = Scalar(node["type"]);
        if (schemas.Resource(type) is not { } schema) return;

        var package = type[..type.IndexOf(':', StringComparison.Ordinal)];
        var given = node.Children.TryGetValue("properties", out var properties) ? (YamlMappingNode)properties : [];
        Inputs($"resources.{key}", given, schema.GetProperty("inputs"), package);
        if (!node.Children.TryGetValue("options", out var options)) return;

        foreach (var name in ((YamlMappingNode)options).Children.TryGetValue("ignoreChanges", out var ignored)
            ? (YamlSequenceNode)ignored
            : [])
            if (!schema.GetProperty("inputs").TryGetProperty(Scalar(name), out _))
                _problems.Add($"resources.{key}: ignoreChanges names {name}, which is no input");
    }

    private void Inputs(string place, YamlMappingNode given, JsonElement inputs, string package)
    {
        foreach (var (name, value) in given.Children.Select(child => (Scalar(child.Key), child.Value)))
        {
            if (!inputs.TryGetProperty(name, out var input)) _problems.Add($"{place}: there is no input {name}");
            else Input($"{place}.{name}", value, input, package);
        }
        foreach (var input in inputs.EnumerateObject())
            if (input.Value.TryGetProperty("required", out var required)
                && required.GetBoolean() && !given.Children.ContainsKey(input.Name))
                _problems.Add($"{place}: {input.Name} is required");
    }

    private void Input(string place, YamlNode value, JsonElement input, string package)
    {
        if (input.TryGetProperty("enum", out var allowed)
            && !allowed.EnumerateArray().Any(choice => choice.GetString() == Scalar(value)))
            _problems.Add($"{place}: {value} is not among {allowed}");
        Typed(place, value, input.GetProperty("type"), package);
    }

    private void Typed(string place, YamlNode value, JsonElement type, string package)
    {
        if (type.ValueKind == JsonValueKind.String)
        {
            Expression(place, value, type.GetString()!, package);
        }
        else if (type.TryGetProperty("array", out var element))
        {
            if (value is not YamlSequenceNode list) _problems.Add($"{place}: must be a list");
            else for (var i = 0; i < list.Children.Count; i++) Typed($"{place}[{i}]", list[i], element, package);
        }
        else if (type.TryGetProperty("map", out element))
        {
            if (value is not YamlMappingNode map) _problems.Add($"{place}: must be a map");
            else foreach (var (key, node) in map.Children) Typed($"{place}.{key}", node, element, package);
        }
        else if (type.TryGetProperty("ref", out var reference))
        {
            if (schemas.Type(package, reference.GetString()!) is not { } referenced)
                _problems.Add($"{place}: the schema of {reference} is missing");
            else if (value is not YamlMappingNode map) _problems.Add($"{place}: must be a map");
            else Inputs(place, map, referenced, package);
        }
    }

    private void Expression(string place, YamlNode value, string type, string package)
    {
        if (value is YamlMappingNode { Children: var children } && children.TryGetValue("fn::invoke", out var invoke))
        {
            Invocation(place, (YamlMappingNode)invoke);
            return;
        }
        if (value is not YamlScalarNode scalar)
        {
            _problems.Add($"{place}: must be a {type}");
            return;
        }

        var text = scalar.Value ?? "";
        foreach (var reference in References(place, text)) Reference(place, reference);
        var whole = text.StartsWith("${", StringComparison.Ordinal)
            && text.IndexOf('}', StringComparison.Ordinal) == text.Length - 1;
        var fits = type switch
        {
            "integer" or "number" => !whole && long.TryParse(text, out _),
            "boolean" => text is "true" or "false",
            _ => true,
        };
        // A reference has the type of the output it names; the ones used here are texts, and a number wants a number.
        if (!fits) _problems.Add($"{place}: {text} is not a {type}");
    }

    private void Invocation(string place, YamlMappingNode invoke)
    {
        var token = Scalar(invoke["function"]);
        if (schemas.Function(token) is not { } function)
        {
            _problems.Add($"{place}: there is no function {token}");
            return;
        }
        Inputs(
            $"{place}({token})", (YamlMappingNode)invoke["arguments"], function.GetProperty("inputs"),
            token[..token.IndexOf(':', StringComparison.Ordinal)]);
        if (!function.GetProperty("outputs").EnumerateArray().Any(output => output.GetString() == Scalar(invoke["return"])))
            _problems.Add($"{place}: {token} does not return {invoke["return"]}");
    }

    // "$$" is the sign itself; a lone "$" must begin a reference.
    private List<string> References(string place, string text)
    {
        var found = new List<string>();
        for (var i = text.IndexOf('$', StringComparison.Ordinal); i >= 0 && i < text.Length; i = text.IndexOf('$', i))
        {
            var next = i + 1 < text.Length ? text[i + 1] : ' ';
            if (next == '$')
            {
                i += 2;
            }
            else if (next == '{')
            {
                var end = text.IndexOf('}', i);
                found.Add(text[(i + 2)..end]);
                i = end;
            }
            else
            {
                _problems.Add($"{place}: a lone $ in \"{text[i..Math.Min(text.Length, i + 20)]}\"");
                i++;
            }
            if (i >= text.Length) break;
        }
        return found;
    }

    private void Reference(string place, string reference)
    {
        var parts = reference.Split('.', '[');
        if (!_names.TryGetValue(parts[0], out var properties)) _problems.Add($"{place}: ${{{reference}}} names nothing");
        else if (properties is not null && parts.Length > 1 && !properties.Contains(parts[1]))
            _problems.Add($"{place}: {parts[0]} has no output {parts[1]}");
    }

    private static YamlMappingNode Root(string text)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        return (YamlMappingNode)Assert.Single(stream.Documents).RootNode;
    }

    private static IEnumerable<(string Key, YamlNode Node)> Section(YamlMappingNode root, string name) =>
        root.Children.TryGetValue(name, out var section)
            ? ((YamlMappingNode)section).Children.Select(child => (Scalar(child.Key), child.Value))
            : [];

    private static string Scalar(YamlNode node) => ((YamlScalarNode)node).Value!;

    [GeneratedRegex("\"(?<package>[a-z]+):[A-Za-z0-9/]+:[A-Za-z0-9]+\"")]
    private static partial Regex TokenPattern();
}
