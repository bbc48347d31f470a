namespace KubeApi.Client;

/// <summary>One request, in a form that can be sent again.</summary>
/// <param name="Path">With the query.</param>
internal sealed record ApiRequest(HttpMethod Method, string Path, byte[]? Body = null, string? ContentType = null)
{
    public const string Json = "application/json";
    public const string MergePatch = "application/merge-patch+json";
    public const string JsonPatch = "application/json-patch+json";
    public const string ApplyPatch = "application/apply-patch+yaml";

    public string Accept { get; init; } = Json;

    /// <summary>A watch: the answer has no end to wait for, so no time limit and no compression.</summary>
    public bool IsStream { get; init; }

    /// <summary>Doing it twice is as doing it once, so it may be sent again when nobody knows what became of the first.</summary>
    public bool IsSafe => Method == HttpMethod.Get;

    /// <summary>Without the query: what messages and logs show.</summary>
    public override string ToString() => $"{Method} {Path.Split('?', 2)[0]}";
}
