namespace KubeApi.Credentials;

/// <summary>A header from one source and a certificate from another.</summary>
internal sealed class CombinedCredential(ICredentialSource header, ICredentialSource certificate) : ICredentialSource
{
    public async ValueTask<Credential> GetAsync(CancellationToken cancelled)
    {
        var first = await header.GetAsync(cancelled).ConfigureAwait(false);
        var second = await certificate.GetAsync(cancelled).ConfigureAwait(false);
        return new Credential(first.Authorization ?? second.Authorization, second.Certificate ?? first.Certificate);
    }

    public void Refused()
    {
        header.Refused();
        certificate.Refused();
    }
}
