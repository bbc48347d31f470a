using System.Security.Cryptography.X509Certificates;

namespace KubeApi.Credentials;

/// <summary>A client certificate and its key in two PEM files that somebody else renews.</summary>
public sealed class ClientCertificateFiles(string certificatePath, string keyPath, TimeProvider time)
    : CredentialFiles($"The client certificate {certificatePath} with key {keyPath}", time)
{
    private Credential? _last;
    private string? _pem;

    protected override Credential Read()
    {
        var certificate = File.ReadAllText(certificatePath);
        var key = File.ReadAllText(keyPath);
        if (_last is not null && certificate + key == _pem) return _last;

        // The old one is left to the finalizer: connections that were made with it may still be up.
        _last = new Credential(null, X509Certificate2.CreateFromPem(certificate, key));
        _pem = certificate + key;
        return _last;
    }
}
