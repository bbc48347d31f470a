using KubeApi.Objects;

namespace Operator.Certificates.Cluster;

/// <summary>A Secret, as far as certificates are concerned.</summary>
/// <param name="Type">Cannot be changed once the Secret exists.</param>
/// <param name="OwnerUid">Of the certificate that takes the Secret with it when it goes; null when the Secret stays.</param>
internal sealed record SecretContent(
    ObjectKey Key,
    string Type,
    IReadOnlyDictionary<string, byte[]> Data,
    IReadOnlyDictionary<string, string> Annotations,
    string? OwnerName = null,
    string? OwnerUid = null)
{
    public const string Opaque = "Opaque";
    public const string Tls = "kubernetes.io/tls";

    /// <summary>Names of the entries that the type demands.</summary>
    public const string CertificateEntry = "tls.crt";

    public const string KeyEntry = "tls.key";

    /// <summary>The root, by convention.</summary>
    public const string RootEntry = "ca.crt";

    /// <summary>An entry as text; null when there is none.</summary>
    public string? Text(string entry) =>
        Data.TryGetValue(entry, out var bytes) ? System.Text.Encoding.UTF8.GetString(bytes) : null;

    /// <summary>Says nothing of what is in it.</summary>
    public override string ToString() => $"Secret {Key}";
}
