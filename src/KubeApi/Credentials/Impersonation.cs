namespace KubeApi.Credentials;

/// <summary>Whom to act as (Impersonate-* headers).</summary>
public sealed record Impersonation(
    string User, string? Uid, IReadOnlyList<string> Groups, IReadOnlyDictionary<string, IReadOnlyList<string>> Extra);
