namespace KubeApi.Tests.Server;

/// <param name="Path">Without the query.</param>
public sealed record ReceivedRequest(
    string Method, string Path, IReadOnlyDictionary<string, string> Query,
    IReadOnlyDictionary<string, string> Headers, string Body)
{
    public bool IsWatch => Query.GetValueOrDefault("watch") == "true";

    public string? ResourceVersion => Query.GetValueOrDefault("resourceVersion");
}
