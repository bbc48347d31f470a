using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text.Json.Serialization;
using YamlDotNet.Core;

namespace CloudEdge.Programs;

/// <summary>How values stand in a Pulumi YAML program.</summary>
/// <remarks>
/// A record becomes a map of its properties in camelCase, in the order of their declaration; absent ones are left out. Texts are
/// always quoted, so that none turns into a number or a boolean on the way.
/// </remarks>
internal static class Yaml
{
    /// <summary>Doubles each <c>$</c>, so that Pulumi takes none of them for the start of a reference.</summary>
    public static string Escape(string text) => text.Replace("$", "$$", StringComparison.Ordinal);

    /// <summary>A text that is already spelt for Pulumi.</summary>
    public static YamlScalarNode Text(string text) =>
        new(text) { Style = text.Contains('\n', StringComparison.Ordinal) ? ScalarStyle.Literal : ScalarStyle.DoubleQuoted };

    public static YamlNode Value(object value) => value switch
    {
        IExpression expression => expression.ToYaml(),
        string text => Text(Escape(text)),
        bool flag => new YamlScalarNode(flag ? "true" : "false"),
        int or long => new YamlScalarNode(Convert.ToString(value, CultureInfo.InvariantCulture)),
        Enum name => Text(NameOf(name)),
        IReadOnlyDictionary<string, string> map => Map(map),
        IEnumerable list => new YamlSequenceNode(list.Cast<object>().Select(Value)),
        _ => Properties(value),
    };

    /// <summary>The properties of a record that have a value.</summary>
    public static YamlMappingNode Properties(object record)
    {
        var map = new YamlMappingNode();
        foreach (var property in record.GetType()
            .GetProperties(BindingFlags.Public | BindingFlags.Instance).OrderBy(p => p.MetadataToken))
        {
            if (property.GetValue(record) is { } value) map.Add(CamelCase(property.Name), Value(value));
        }
        return map;
    }

    private static YamlMappingNode Map(IReadOnlyDictionary<string, string> entries)
    {
        var map = new YamlMappingNode();
        foreach (var (key, value) in entries.OrderBy(entry => entry.Key, StringComparer.Ordinal))
            map.Add(Text(key), Text(Escape(value)));
        return map;
    }

    private static string NameOf(Enum value) =>
        value.GetType().GetField(value.ToString())!.GetCustomAttribute<JsonStringEnumMemberNameAttribute>()!.Name;

    private static string CamelCase(string name) => char.ToLowerInvariant(name[0]) + name[1..];
}
