using System.Text;
using System.Text.Json.Nodes;
using LocalControlPlane.Errors;
using LocalControlPlane.Objects;

namespace LocalControlPlane.Kinds;

/// <summary>events.k8s.io/v1 events, which must say who saw what; stricter than core/v1.</summary>
internal sealed class EventRules : IKindRules
{
    private const int LongestName = 128;
    private const int LongestNoteBytes = 1024;

    public void Complete(JsonObject body, JsonObject? before)
    {
    }

    public IEnumerable<StatusCause> Check(JsonObject body, JsonObject? before)
    {
        // What an older client stored through core/v1 may lack all of this, and can still be written again.
        if (before is not null) yield break;

        if (body.Text("eventTime") is null) yield return new StatusCause("FieldValueRequired", "Required value", "eventTime");
        foreach (var field in (string[])["reportingController", "reportingInstance", "action", "reason"])
        {
            if (body.Text(field) is not { } text) yield return new StatusCause("FieldValueRequired", "Required value", field);
            else if (text.Length > LongestName)
                yield return new StatusCause("FieldValueInvalid", $"can have at most {LongestName} characters", field);
        }

        if (body.Text("note") is { } note && Encoding.UTF8.GetByteCount(note) > LongestNoteBytes)
            yield return new StatusCause("FieldValueInvalid", $"can have at most {LongestNoteBytes} bytes", "note");
        if (body.Text("type") is not ("Normal" or "Warning"))
            yield return new StatusCause("FieldValueInvalid", "has invalid value; give Normal or Warning", "type");
        foreach (var field in (string[])
        [
            "deprecatedCount", "deprecatedFirstTimestamp", "deprecatedLastTimestamp", "deprecatedSource",
        ])
            if (IsSet(body[field])) yield return new StatusCause("FieldValueInvalid", "must not be set on creation", field);
    }

    // Typed clients send the zero value of what they leave away.
    private static bool IsSet(JsonNode? value) => value switch
    {
        null => false,
        JsonObject fields => fields.Any(field => IsSet(field.Value)),
        JsonValue scalar when scalar.TryGetValue(out string? text) => text.Length > 0,
        JsonValue scalar when scalar.TryGetValue(out long number) => number != 0,
        _ => true,
    };
}
