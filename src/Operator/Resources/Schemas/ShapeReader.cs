using System.Collections.Concurrent;
using System.ComponentModel.DataAnnotations;
using System.Diagnostics;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Operator.Resources.Schemas;

/// <summary>Reads the shape of a record off its properties, their attributes and their defaults.</summary>
public static class ShapeReader
{
    private static readonly ConcurrentDictionary<Type, ValueShape.Section> Known = [];

    /// <exception cref="InvalidOperationException">A field has no bound where the schema needs one,
    /// or is of a type that has no place in it.</exception>
    public static ValueShape.Section Read(Type type) => Known.GetOrAdd(type, ReadSection);

    private static ValueShape.Section ReadSection(Type type)
    {
        var defaults = Activator.CreateInstance(type)!;
        var properties = type.GetProperties()
            .Where(p => p.GetCustomAttribute<JsonIgnoreAttribute>() is null)
            .OrderBy(p => p.DeclaringType == type) // What is inherited comes first.
            .ToList();
        var fields = properties.Select(property => ReadField(property, defaults)).ToList();

        var rules = type.GetCustomAttributes<RuleAttribute>(inherit: false)
            .Select(rule => new ShapeRule(rule.Rule, rule.Message));
        var kinds = properties.SelectMany(property => KindRules(property));
        return new ValueShape.Section(type, fields, [.. kinds, .. rules]);
    }

    private static ShapeField ReadField(PropertyInfo property, object defaults)
    {
        var name = NameOf(property);
        var isRequired = property.IsDefined(typeof(RequiredAttribute));
        var shape = ReadValue(property, property.PropertyType);
        List<ShapeRule> rules =
        [
            .. property.GetCustomAttributes<RuleAttribute>().Select(rule => new ShapeRule(rule.Rule, rule.Message)),
        ];
        if (shape is ValueShape.Duration { Least: { } least, Most: { } most })
            rules.Add(new ShapeRule(
                $"duration(self) >= duration('{least}') && duration(self) <= duration('{most}')",
                $"{name}: give {least} to {most}"));
        if (property.GetCustomAttribute<ImmutableAttribute>() is { } immutable)
            rules.Add(new ShapeRule("self == oldSelf", $"{name} cannot be changed: {immutable.Advice}"));

        return new ShapeField(
            name, property, shape, isRequired,
            isRequired ? null : DefaultOf(property.GetValue(defaults), property.PropertyType), rules);
    }

    private static string NameOf(PropertyInfo property) =>
        property.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name ?? JsonNamingPolicy.CamelCase.ConvertName(property.Name);

    private static ValueShape ReadValue(PropertyInfo property, Type declared)
    {
        var type = Nullable.GetUnderlyingType(declared) ?? declared;
        if (type == typeof(string)) return ReadText(property);
        if (type == typeof(bool)) return new ValueShape.Flag();
        if (type == typeof(int) || type == typeof(long)) return ReadNumber(property, type == typeof(long));
        if (type == typeof(DateTimeOffset)) return new ValueShape.Time();
        if (type.IsEnum) return new ValueShape.Word(type, Enum.GetNames(type));
        if (type == typeof(GoDuration))
        {
            var bounds = property.GetCustomAttribute<DurationBoundsAttribute>();
            return new ValueShape.Duration(
                bounds is null ? null : new GoDuration(bounds.Least), bounds is null ? null : new GoDuration(bounds.Most));
        }
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>))
            return ReadList(property, type.GetGenericArguments()[0]);
        if (type == typeof(IReadOnlyDictionary<string, string>))
        {
            var bounds = property.GetCustomAttribute<MapBoundsAttribute>() ?? throw Unbounded(property, "[MapBounds]");
            return new ValueShape.Map(bounds.Keys, bounds.Values, bounds.Most);
        }
        if (type.IsClass && type.Namespace!.StartsWith(typeof(ApiGroup).Namespace!, StringComparison.Ordinal)) return Read(type);
        throw new InvalidOperationException(
            $"{property.DeclaringType}.{property.Name} is of type {type}, which has no place in a schema");
    }

    private static ValueShape.Text ReadText(PropertyInfo property)
    {
        var form = property.GetCustomAttribute<FormAttribute>()?.Form;
        var rule = form is { } known ? TextRule.Of(known) : null;
        var (least, most) = Lengths(property);
        var max = most ?? rule?.MaxLength ?? throw Unbounded(property, "[Form], [Length] or [MaxLength]");

        List<string> patterns = [];
        if (rule?.Pattern is { } pattern) patterns.Add(pattern);
        if (property.GetCustomAttribute<RegularExpressionAttribute>() is { } expression) patterns.Add(expression.Pattern);
        return new ValueShape.Text(least, max, patterns, form);
    }

    private static ValueShape.Number ReadNumber(PropertyInfo property, bool isLong)
    {
        var range = property.GetCustomAttribute<RangeAttribute>();
        if (range is null && property.Name != nameof(ResourceStatus.ObservedGeneration)) throw Unbounded(property, "[Range]");
        return new ValueShape.Number(isLong,
            Convert.ToInt64(range?.Minimum ?? 0L, System.Globalization.CultureInfo.InvariantCulture),
            range?.Maximum is int most ? most : long.MaxValue);
    }

    private static ValueShape.List ReadList(PropertyInfo property, Type item)
    {
        var (least, most) = Lengths(property);
        ValueShape shape;
        if (item == typeof(string))
        {
            var rule = property.GetCustomAttribute<FormAttribute>() is { } form ? TextRule.Of(form.Form) : null;
            // Lists without a form are in the status only: addresses and words that the operator itself writes.
            shape = new ValueShape.Text(
                0,
                rule?.MaxLength ?? 512,
                rule?.Pattern is { } pattern ? [pattern] : [],
                property.GetCustomAttribute<FormAttribute>()?.Form);
        }
        else
        {
            shape = ReadValue(property, item);
        }
        return new ValueShape.List(shape, least, most ?? throw Unbounded(property, "[Length] or [MaxLength]"),
            property.GetCustomAttribute<KeyedByAttribute>()?.Key, property.IsDefined(typeof(UniqueItemsAttribute)));
    }

    private static (int Least, int? Most) Lengths(PropertyInfo property)
    {
        if (property.GetCustomAttribute<LengthAttribute>() is { } length) return (length.MinimumLength, length.MaximumLength);
        return (0, property.GetCustomAttribute<MaxLengthAttribute>()?.Length);
    }

    private static IEnumerable<ShapeRule> KindRules(PropertyInfo property)
    {
        if (property.GetCustomAttribute<ForKindAttribute>() is not { } forKind) yield break;
        var name = NameOf(property);
        if (forKind.Required)
            yield return new ShapeRule(
                $"self.kind != '{forKind.Kind}' || has(self.{name})", $"kind {forKind.Kind} needs {name}: give that section");
        yield return new ShapeRule(
            $"self.kind == '{forKind.Kind}' || !has(self.{name})",
            $"{name} belongs to kind {forKind.Kind}: leave it out, or change kind");
    }

    private static JsonNode? DefaultOf(object? value, Type declared) => value switch
    {
        null or "" => null,
        string text => text,
        bool flag => flag,
        int number => number,
        long number => number,
        Enum word => word.ToString(),
        GoDuration duration => duration.ToString(),
        DateTimeOffset => null,
        IReadOnlyDictionary<string, string> => null,
        System.Collections.IEnumerable list => NonEmpty([.. list.Cast<object>().Select(item => DefaultOf(item, item.GetType()))]),
        _ when declared.IsClass => new JsonObject(),
        _ => throw new UnreachableException(),
    };

    private static JsonArray? NonEmpty(JsonArray items) => items.Count == 0 ? null : items;

    private static InvalidOperationException Unbounded(PropertyInfo property, string attribute) =>
        new(
            $"{property.DeclaringType}.{property.Name} needs {attribute}: every value of the schema has bounds, "
            + "for rules are priced by them");
}
