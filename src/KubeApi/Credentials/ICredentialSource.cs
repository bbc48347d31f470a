namespace KubeApi.Credentials;

/// <summary>Where the credential of each request comes from. Credentials expire, so every request asks again.</summary>
public interface ICredentialSource
{
    /// <exception cref="CredentialException">There is none to be had.</exception>
    ValueTask<Credential> GetAsync(CancellationToken cancelled);

    /// <summary>The server did not accept the last one (401): do not give the same again without having looked.</summary>
    void Refused();
}
