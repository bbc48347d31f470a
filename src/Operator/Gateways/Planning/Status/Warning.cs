using System.Text.Json;
using KubeApi.Objects;

namespace Operator.Gateways.Planning.Status;

/// <summary>Reads events of type Warning (core/v1).</summary>
internal static class Warning
{
    /// <param name="name">Of the object that it is about.</param>
    public static bool Is(KubeObject warning, string reason, string name) =>
        Text(warning.Json, "reason") == reason && About(warning) == name;

    public static string About(KubeObject warning) =>
        warning.Json.TryGetProperty("involvedObject", out var about) ? Text(about, "name") : "";

    public static string Message(KubeObject warning) => Text(warning.Json, "message");

    public static string Reason(KubeObject warning) => Text(warning.Json, "reason");

    private static string Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
}
