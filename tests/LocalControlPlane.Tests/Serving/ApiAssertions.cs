using System.Text.Json.Nodes;

namespace LocalControlPlane.Tests.Serving;

internal static class ApiAssertions
{
    public static string Text(this JsonNode? node, params string[] path) =>
        path.Aggregate(node, (at, name) => at?[name])?.ToString() ?? "";

    /// <summary>A Status object that says why, to people and to programs.</summary>
    public static void AssertFailure(this (int Code, JsonObject Body) answer, int code, string reason, string message = "")
    {
        Assert.Equal((code, reason), (answer.Code, answer.Body.Text("reason")));
        Assert.Equal(
            ("Status", "v1", "Failure", code.ToString()),
            (answer.Body.Text("kind"), answer.Body.Text("apiVersion"), answer.Body.Text("status"), answer.Body.Text("code")));
        Assert.Contains(message, answer.Body.Text("message"), StringComparison.Ordinal);
    }
}
