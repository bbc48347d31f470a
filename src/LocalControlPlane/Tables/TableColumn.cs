using System.Text.Json.Nodes;

namespace LocalControlPlane.Tables;

/// <summary>A column of a table.</summary>
/// <param name="Type">Of OpenAPI: string, integer, number, boolean or date.</param>
/// <param name="Priority">Above 0 it is shown with <c>-o wide</c> only.</param>
/// <param name="Cell">Its value for an object at a moment; null leaves it blank.</param>
public sealed record TableColumn(
    string Name, string Type, string Format, string Description, int Priority, Func<JsonObject, DateTimeOffset, JsonNode?> Cell);
