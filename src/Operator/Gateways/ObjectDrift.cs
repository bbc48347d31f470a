using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Operator.Gateways;

/// <summary>Compares what is there with what is wanted. Pure.</summary>
internal static class ObjectDrift
{
    /// <summary>Where what is there lacks something that is wanted, such as ".spec.replicas".
    /// What servers and others add is no difference.</summary>
    /// <returns>Null when all that is wanted is there.</returns>
    public static string? FirstDifference(JsonElement there, JsonNode? wanted) => FirstDifference(there, wanted, "");

    private static string? FirstDifference(JsonElement there, JsonNode? wanted, string path)
    {
        switch (wanted)
        {
            case null:
                return there.ValueKind == JsonValueKind.Null ? null : path;
            case JsonObject fields:
                if (there.ValueKind != JsonValueKind.Object) return path;
                foreach (var (name, value) in fields)
                {
                    if (!there.TryGetProperty(name, out var found)) return $"{path}.{name}";
                    if (FirstDifference(found, value, $"{path}.{name}") is { } difference) return difference;
                }

                return null;
            case JsonArray items:
                if (there.ValueKind != JsonValueKind.Array || there.GetArrayLength() != items.Count) return path;
                for (var i = 0; i < items.Count; i++)
                {
                    if (FirstDifference(there[i], items[i], $"{path}[{i.ToString(CultureInfo.InvariantCulture)}]")
                        is { } difference)
                        return difference;
                }

                return null;
            default:
                return JsonElement.DeepEquals(there, JsonElement.Parse(wanted.ToJsonString())) ? null : path;
        }
    }
}
