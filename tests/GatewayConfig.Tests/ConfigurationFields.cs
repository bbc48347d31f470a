using System.Collections;
using System.Reflection;
using System.Text.Json;
using GatewayConfig.Formats;

namespace GatewayConfig.Tests;

/// <summary>Walks the records of the configuration, so that no field can be forgotten by a test that lists them.</summary>
internal static class ConfigurationFields
{
    /// <returns>Path as in the file ("[]" for the entries of a list of sections), and the value in a given configuration;
    /// null where a section is missing.</returns>
    public static IEnumerable<(string Path, object? Value)> Of(object section, string path = "")
    {
        foreach (var property in section.GetType()
            .GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.CanWrite))
        {
            var at = (path.Length == 0 ? "" : $"{path}.") + JsonNamingPolicy.CamelCase.ConvertName(property.Name);
            var value = property.GetValue(section);
            var type = property.PropertyType;
            if (IsSection(type))
            {
                // A section that may be missing is a field of its own; its fields are those of an empty one then.
                if (new NullabilityInfoContext().Create(property).WriteState == NullabilityState.Nullable)
                    yield return (at, value);
                foreach (var field in Of(value ?? Activator.CreateInstance(type)!, at)) yield return field;
            }
            else
            {
                yield return (at, value);
                if (EntryType(type) is not { } entry || !IsSection(entry)) continue;
                var first = ((IEnumerable)value!).Cast<object>().FirstOrDefault() ?? Activator.CreateInstance(entry)!;
                foreach (var field in Of(first, $"{at}[]")) yield return field;
            }
        }
    }

    /// <summary>A value as the file would have it.</summary>
    public static string Written(object? value) => value switch
    {
        null => "null",
        bool flag => flag ? "true" : "false",
        TimeSpan duration => DurationText.Format(duration),
        Enum word => JsonNamingPolicy.CamelCase.ConvertName(word.ToString()),
        string text => text,
        IEnumerable list => $"[{string.Join(", ", list.Cast<object>().Select(item => $"\"{Written(item)}\""))}]",
        _ => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{value}"),
    };

    private static bool IsSection(Type type) =>
        type.Namespace?.StartsWith("GatewayConfig", StringComparison.Ordinal) == true && type.IsClass;

    private static Type? EntryType(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>) ? type.GetGenericArguments()[0] : null;
}
