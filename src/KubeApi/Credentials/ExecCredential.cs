namespace KubeApi.Credentials;

/// <summary>What an exec plugin prints: ExecCredential of client.authentication.k8s.io, v1 or v1beta1.</summary>
internal sealed record ExecCredential(string? ApiVersion, string? Kind, ExecCredentialStatus? Status);

/// <param name="ExpirationTimestamp">Null: good until the server refuses it.</param>
internal sealed record ExecCredentialStatus(
    string? Token, string? ClientCertificateData, string? ClientKeyData, DateTimeOffset? ExpirationTimestamp);
