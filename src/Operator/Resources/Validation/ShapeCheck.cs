using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using GatewayConfig;
using Operator.Resources.Schemas;

namespace Operator.Resources.Validation;

/// <summary>Compares JSON with a shape, and runs the rules of every section that has the right shape.</summary>
internal sealed class ShapeCheck(List<ConfigurationError> mistakes)
{
    // There are some fifty patterns; the framework's own cache holds fifteen.
    private static readonly ConcurrentDictionary<string, Regex> Expressions = [];

    public void Section(ValueShape.Section shape, JsonObject section, string path)
    {
        var before = mistakes.Count;
        foreach (var (name, _) in section)
        {
            if (shape.Fields.All(field => field.Name != name)) Add(path, name, $"is not a known field; {Advice(shape, name)}");
        }
        foreach (var field in shape.Fields)
        {
            if (section[field.Name] is { } value) Value(field.Shape, value, At(path, field.Name));
            else if (field.IsRequired) Add(path, field.Name, "is missing");
        }
        if (mistakes.Count > before) return;

        KindSections(shape, section, path);
        foreach (var mistake in RuleValidators.Check(shape.Type, section))
            mistakes.Add(mistake with { Path = At(path, mistake.Path) });
    }

    // The rules that [ForKind] stands for.
    private void KindSections(ValueShape.Section shape, JsonObject section, string path)
    {
        foreach (var field in shape.Fields)
        {
            if (field.Property.GetCustomAttributes(typeof(ForKindAttribute), false) is not [ForKindAttribute forKind]) continue;
            var isOfKind = (string?)section["kind"] == forKind.Kind;
            if (isOfKind && forKind.Required && section[field.Name] is null)
                Add(path, "", $"kind {forKind.Kind} needs {field.Name}: give that section");
            if (!isOfKind && section[field.Name] is not null)
                Add(path, "", $"{field.Name} belongs to kind {forKind.Kind}: leave it out, or change kind");
        }
    }

    private void Value(ValueShape shape, JsonNode value, string path)
    {
        var problem = (shape, value) switch
        {
            (ValueShape.Section section, JsonObject map) => Inside(() => Section(section, map, path)),
            (ValueShape.Section, _) => "is not a mapping; give keys with values",
            (ValueShape.List list, JsonArray items) => Inside(() => List(list, items, path)),
            (ValueShape.List, _) => "is not a list; put '- ' in front of each entry",
            (ValueShape.Map map, JsonObject entries) => Inside(() => Map(map, entries, path)),
            (ValueShape.Map, _) => "is not a mapping; give keys with values",
            (ValueShape.Flag, _) =>
                value.GetValueKind() is JsonValueKind.True or JsonValueKind.False ? null : "is neither true nor false",
            (ValueShape.Number number, _) => NumberProblem(number, value),
            (_, JsonValue scalar) when scalar.TryGetValue<string>(out var text) => TextProblem(shape, text),
            _ => "is not text; put it in quotes",
        };
        if (problem is not null) mistakes.Add(new ConfigurationError(path, problem));
    }

    private static string? Inside(Action check)
    {
        check();
        return null;
    }

    private void List(ValueShape.List shape, JsonArray items, string path)
    {
        if (items.Count < shape.Least || items.Count > shape.Most)
            mistakes.Add(new ConfigurationError(
                path, $"has {items.Count} entries; give {(shape.Least == 0 ? "at most" : $"{shape.Least} to")} {shape.Most}"));

        var seen = new HashSet<string>();
        for (var i = 0; i < items.Count; i++)
        {
            var at = $"{path}[{i.ToString(CultureInfo.InvariantCulture)}]";
            if (items[i] is not { } item)
            {
                mistakes.Add(new ConfigurationError(at, "has no value"));
                continue;
            }
            Value(shape.Item, item, at);
            var identity = shape.Key is { } key ? (item as JsonObject)?[key]?.ToJsonString()
                : shape.IsUnique ? item.ToJsonString()
                : null;
            if (identity is not null && !seen.Add(identity))
                mistakes.Add(new ConfigurationError(at, $"is there already; give each {shape.Key ?? "value"} once"));
        }
    }

    private void Map(ValueShape.Map shape, JsonObject entries, string path)
    {
        if (entries.Count > shape.Most)
            mistakes.Add(new ConfigurationError(path, $"has {entries.Count} entries; give at most {shape.Most}"));
        foreach (var (key, value) in entries)
        {
            if (FormProblem(shape.Keys, key) is { } problem)
                mistakes.Add(new ConfigurationError($"{path}[{key}]", $"has a key that {problem}"));
            var isText = value is JsonValue scalar && scalar.TryGetValue<string>(out _);
            var found = isText ? FormProblem(shape.Values, (string)value!) : "is not text; put it in quotes";
            if (found is not null) mistakes.Add(new ConfigurationError($"{path}[{key}]", found));
        }
    }

    private static string? NumberProblem(ValueShape.Number shape, JsonNode value)
    {
        if (value.GetValueKind() != JsonValueKind.Number
            || !long.TryParse(value.ToJsonString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
            return "is not a whole number";
        return number >= shape.Least && number <= shape.Most ? null : $"is {number}; give {BoundsText.Of(shape)}";
    }

    private static string? TextProblem(ValueShape shape, string text)
    {
        switch (shape)
        {
            case ValueShape.Word word:
                return word.Words.Contains(text) ? null : $"is '{text}'; give one of {string.Join(", ", word.Words)}";
            case ValueShape.Time:
                return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out _)
                    ? null
                    : $"is '{text}'; give a time such as 2027-01-31T18:00:00Z";
            case ValueShape.Duration duration:
                var given = new GoDuration(text);
                if (!given.IsValid) return $"is '{text}'; give a duration such as 90s, 15m or 1h30m";
                return duration is { Least: { } least, Most: { } most } && (given.Value < least.Value || given.Value > most.Value)
                    ? $"is {text}; give {least} to {most}"
                    : null;
            case ValueShape.Text plain:
                // Some of these are long; a message is no place for them.
                if (text.Length < plain.MinLength || text.Length > plain.MaxLength)
                    return $"has {text.Length} characters; give {BoundsText.Of(plain)}";
                if (plain.Form is { } form && FormProblem(form, text) is { } problem) return problem;
                return plain.Patterns.All(pattern => Matches(text, pattern))
                    ? null
                    : $"is '{text}', which does not match {plain.Patterns[^1]}";
            default:
                throw new UnreachableException();
        }
    }

    private static string? FormProblem(TextForm form, string text)
    {
        var rule = TextRule.Of(form);
        if (text.Length > rule.MaxLength) return $"has {text.Length} characters; give at most {rule.MaxLength}";
        if (rule.Pattern is { } pattern && !Matches(text, pattern)) return $"is '{text}'; {rule.Advice}";
        return rule.Problem(text) is { } problem ? $"is '{text}', which {problem}; {rule.Advice}" : null;
    }

    private static bool Matches(string text, string pattern) =>
        Expressions.GetOrAdd(pattern, static known => new Regex(known, RegexOptions.CultureInvariant)).IsMatch(text);

    private static string Advice(ValueShape.Section shape, string name)
    {
        var near = shape.Fields.Select(field => field.Name)
            .FirstOrDefault(known => string.Equals(known, name, StringComparison.OrdinalIgnoreCase)
                || known.StartsWith(name, StringComparison.OrdinalIgnoreCase)
                || name.StartsWith(known, StringComparison.OrdinalIgnoreCase));
        return near is not null
            ? $"did you mean {near}?"
            : $"known here: {string.Join(", ", shape.Fields.Select(field => field.Name))}";
    }

    private void Add(string path, string name, string message) => mistakes.Add(new ConfigurationError(At(path, name), message));

    private static string At(string path, string name) => path.Length == 0 ? name : name.Length == 0 ? path : $"{path}.{name}";
}
