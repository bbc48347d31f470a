using System.Text.Json.Nodes;

namespace KubeApi.Credentials;

/// <summary>One cluster, user or context of a kubeconfig.</summary>
/// <param name="File">Where it stands: relative paths in it are relative to that.</param>
internal sealed record KubeconfigEntry(string Name, string File, JsonObject Fields)
{
    public string? Text(string field) => (string?)Fields[field] is { Length: > 0 } text ? text : null;

    public bool Flag(string field) => Text(field) == "true";

    public IReadOnlyList<string> Texts(string field) =>
        [.. (Fields[field] as JsonArray ?? []).Select(value => (string?)value ?? "")];

    /// <summary>Null when the field is not there.</summary>
    public string? FilePath(string field) =>
        Text(field) is { } path ? Path.GetFullPath(path, Path.GetDirectoryName(Path.GetFullPath(File))!) : null;

    /// <exception cref="CredentialException">It is no base64.</exception>
    public byte[] Decode(string field, string text)
    {
        try
        {
            return Convert.FromBase64String(text);
        }
        catch (FormatException e)
        {
            throw new CredentialException($"{field} of {Name} in {File} is no base64.", e);
        }
    }
}
