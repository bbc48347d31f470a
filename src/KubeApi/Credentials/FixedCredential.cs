namespace KubeApi.Credentials;

/// <summary>A credential that stands in the configuration itself.</summary>
public sealed class FixedCredential(Credential credential) : ICredentialSource
{
    public static FixedCredential Anonymous { get; } = new(Credential.Anonymous);

    public ValueTask<Credential> GetAsync(CancellationToken cancelled) => ValueTask.FromResult(credential);

    public void Refused()
    {
        // There is nowhere to look for another.
    }
}
