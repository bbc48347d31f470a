using System.Text.Json.Nodes;

namespace Operator.Resources.Schemas;

/// <summary>Defaults and bounds in words, for <c>kubectl explain</c> and the reference.</summary>
public static class BoundsText
{
    /// <returns>Empty when there is nothing to say.</returns>
    public static string Of(ValueShape shape) => shape switch
    {
        ValueShape.Text { MinLength: 0 } text => $"at most {text.MaxLength} characters",
        ValueShape.Text text => $"{text.MinLength} to {text.MaxLength} characters",
        ValueShape.Word word => string.Join(", ", word.Words),
        ValueShape.Duration { Least: { } least, Most: { } most } => $"{least} to {most}",
        ValueShape.Number { Most: long.MaxValue } number => $"{number.Least} or more",
        ValueShape.Number { Most: int.MaxValue } number => $"{number.Least} or more",
        ValueShape.Number number => $"{number.Least} to {number.Most}",
        ValueShape.List list => OfList(list),
        ValueShape.Map map => $"at most {map.Most} entries",
        _ => "",
    };

    /// <returns>Null when there is no default.</returns>
    public static string? Of(JsonNode? value) => value switch
    {
        null or JsonObject => null,
        JsonValue scalar when scalar.TryGetValue<string>(out var text) => text,
        _ => value.ToJsonString(),
    };

    private static string OfList(ValueShape.List list)
    {
        var count = list.Least == 0 ? $"at most {list.Most} entries" : $"{list.Least} to {list.Most} entries";
        var each = list.Item is ValueShape.Word word ? $" of {string.Join(", ", word.Words)}" : "";
        var once = list.Key is { } key ? $", each {key} once" : list.IsUnique ? ", each once" : "";
        return count + each + once;
    }
}
