using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace KubeApi.Credentials;

/// <summary>A client certificate and its key in two PEM files that somebody else renews.</summary>
public sealed class ClientCertificateFiles(string certificatePath, string keyPath, TimeProvider time) : ICredentialSource
{
    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(50);

    private readonly Lock _gate = new();
    private Credential? _current;
    private string? _pem;
    private long _readAt;

    public ValueTask<Credential> GetAsync(CancellationToken cancelled)
    {
        lock (_gate)
        {
            if (_current is null || time.GetElapsedTime(_readAt) >= Freshness) Read();
            return ValueTask.FromResult(_current!);
        }
    }

    public void Refused()
    {
        lock (_gate)
        {
            if (_current is not null) Read();
        }
    }

    private void Read()
    {
        try
        {
            var certificate = File.ReadAllText(certificatePath);
            var key = File.ReadAllText(keyPath);
            _readAt = time.GetTimestamp();
            if (certificate + key == _pem) return;

            // The old one is left to the finalizer: connections that were made with it may still be up.
            _current = new Credential(null, X509Certificate2.CreateFromPem(certificate, key));
            _pem = certificate + key;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            // One file may be newer than the other for a moment; the pair at hand still works.
            if (_current is null)
                throw new CredentialException($"The client certificate {certificatePath} with key {keyPath} cannot be used: {e.Message}", e);
        }
    }
}
