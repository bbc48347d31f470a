using System.Text;
using System.Text.Json.Nodes;
using LocalControlPlane.Errors;
using LocalControlPlane.Objects;

namespace LocalControlPlane.Kinds;

/// <summary>Secrets: <c>stringData</c> is a way to write <c>data</c>; the type never changes;
/// an immutable one stays as it is.</summary>
internal sealed class SecretRules : IKindRules
{
    private static readonly Dictionary<string, string[]> RequiredKeys = new(StringComparer.Ordinal)
    {
        ["kubernetes.io/tls"] = ["tls.crt", "tls.key"],
        ["kubernetes.io/dockerconfigjson"] = [".dockerconfigjson"],
        ["kubernetes.io/ssh-auth"] = ["ssh-privatekey"],
    };

    public void Complete(JsonObject body, JsonObject? before)
    {
        if (body.Text("type") is null) body["type"] = before.Text("type") ?? "Opaque";
        if (body["stringData"] is not JsonObject plain) return;

        if (body["data"] is not JsonObject data) body["data"] = data = [];
        foreach (var (key, value) in plain) data[key] = Convert.ToBase64String(Encoding.UTF8.GetBytes(value?.ToString() ?? ""));
        body.Remove("stringData");
    }

    public IEnumerable<StatusCause> Check(JsonObject body, JsonObject? before)
    {
        var data = body["data"] as JsonObject ?? [];
        foreach (var (key, value) in data)
            if (!IsBase64(value))
                yield return new StatusCause(
                    "FieldValueInvalid", "must be base64; give plain text in stringData", $"data[{key}]");

        foreach (var key in RequiredKeys.GetValueOrDefault(body.Text("type") ?? "", []))
            if (!data.ContainsKey(key)) yield return new StatusCause("FieldValueRequired", "Required value", $"data[{key}]");

        if (before is not null && before.Text("type") != body.Text("type"))
            yield return new StatusCause(
                "FieldValueInvalid", $"Invalid value: \"{body.Text("type")}\": field is immutable", "type");
        foreach (var cause in Immutability.Check(body, before, "data")) yield return cause;
    }

    private static bool IsBase64(JsonNode? value)
    {
        if (value is not JsonValue scalar || !scalar.TryGetValue(out string? text)) return value is null;
        return Convert.TryFromBase64String(text, new byte[text.Length], out _);
    }
}
