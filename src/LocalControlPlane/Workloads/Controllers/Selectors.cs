using System.Text.Json.Nodes;

namespace LocalControlPlane.Workloads.Controllers;

/// <summary>Label selectors of objects (matchLabels and matchExpressions).</summary>
internal static class Selectors
{
    /// <summary>An empty selector matches everything, an absent one nothing.</summary>
    public static bool Matches(JsonNode? selector, JsonObject o)
    {
        if (selector is not JsonObject demands) return false;
        var labels = o.At("metadata", "labels");
        return (demands["matchLabels"] as JsonObject ?? []).All(label => labels.TextAt(label.Key) == label.Value.TextAt())
            && demands.ObjectsAt("matchExpressions").All(demand => Holds(demand, labels));
    }

    /// <summary>A plain map, as in a node selector.</summary>
    public static bool MatchesAll(JsonNode? map, JsonNode? labels) =>
        (map as JsonObject ?? []).All(label => labels.TextAt(label.Key) == label.Value.TextAt());

    private static bool Holds(JsonObject demand, JsonNode? labels)
    {
        var value = labels.TextAt(demand.TextAt("key") ?? "");
        var values = demand.TextsAt("values");
        return demand.TextAt("operator") switch
        {
            "In" => value is not null && values.Contains(value),
            "NotIn" => value is null || !values.Contains(value),
            "Exists" => value is not null,
            "DoesNotExist" => value is null,
            _ => false,
        };
    }
}
