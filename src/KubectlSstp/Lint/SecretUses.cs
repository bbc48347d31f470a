using System.Collections;
using Operator.Resources;

namespace KubectlSstp.Lint;

/// <summary>Every Secret that a spec names, found in the records themselves, so that a new field is not forgotten here.</summary>
internal static class SecretUses
{
    /// <param name="Path">Of the field.</param>
    /// <param name="Key">Null when the whole Secret is meant.</param>
    public readonly record struct Use(string Path, string Name, string? Key);

    public static IEnumerable<Use> Of(object? value, string path)
    {
        switch (value)
        {
            case null or string:
                return [];
            case SecretKeyReference key:
                return [new Use(path, key.Name, key.Key)];
            case SecretReference whole:
                return [new Use(path, whole.Name, null)];
            case IDictionary:
                return [];
            case IEnumerable list:
                return list.Cast<object?>().SelectMany((item, number) => Of(item, $"{path}[{number}]"));
            default:
                var type = value.GetType();
                return type.Namespace?.StartsWith("Operator.Resources", StringComparison.Ordinal) == true && !type.IsEnum
                    ? type.GetProperties()
                        .Where(property => property.GetIndexParameters().Length == 0 && property.Name != "EqualityContract")
                        .SelectMany(property =>
                            Of(property.GetValue(value), $"{path}.{char.ToLowerInvariant(property.Name[0])}{property.Name[1..]}"))
                    : [];
        }
    }
}
