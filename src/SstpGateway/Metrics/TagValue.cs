using System.Text.Json;

namespace SstpGateway.Metrics;

/// <summary>The members of an enum as tag values in snake_case, made once: a tag's values
/// are the enum's members and nothing else.</summary>
internal static class TagValue<TEnum> where TEnum : struct, Enum
{
    private static readonly Dictionary<TEnum, string> Names =
        Enum.GetValues<TEnum>().Distinct()
            .ToDictionary(value => value, value => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString()));

    /// <exception cref="KeyNotFoundException">The value is not a member of the enum.</exception>
    public static string Of(TEnum value) => Names[value];
}
