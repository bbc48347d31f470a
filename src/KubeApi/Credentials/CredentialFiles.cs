using System.Security.Cryptography;

namespace KubeApi.Credentials;

/// <summary>A credential in files that somebody else renews: read again after a while, and when it was refused.</summary>
/// <param name="what">Names the files in errors, such as "The token file /run/token".</param>
public abstract class CredentialFiles(string what, TimeProvider time) : ICredentialSource
{
    /// <summary>As client-go: a token read is good for a minute less ten seconds of leeway.</summary>
    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(50);

    private readonly Lock _gate = new();
    private Credential? _current;
    private long _readAt;

    public ValueTask<Credential> GetAsync(CancellationToken cancelled)
    {
        lock (_gate)
        {
            if (_current is null || time.GetElapsedTime(_readAt) >= Freshness) ReadAgain();
            return ValueTask.FromResult(_current!);
        }
    }

    public void Refused()
    {
        lock (_gate)
        {
            if (_current is not null) ReadAgain();
        }
    }

    /// <summary>What the files hold now; one call at a time.</summary>
    /// <exception cref="CredentialException">They hold no credential.</exception>
    protected abstract Credential Read();

    private void ReadAgain()
    {
        try
        {
            _current = Read();
            _readAt = time.GetTimestamp();
        }
        catch (Exception e)
            when (e is IOException or UnauthorizedAccessException or CryptographicException or CredentialException)
        {
            // While files are being swapped one can be missing, or newer than the other.
            // What is at hand is likely good for a while yet.
            if (_current is null) throw new CredentialException($"{what} cannot be used: {e.Message}", e);
        }
    }
}
