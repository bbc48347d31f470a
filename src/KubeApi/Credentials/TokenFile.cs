namespace KubeApi.Credentials;

/// <summary>A bearer token in a file that somebody else renews: the kubelet does so at 80 % of its life.</summary>
public sealed class TokenFile(string path, TimeProvider time) : ICredentialSource
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
            var token = File.ReadAllText(path).Trim();
            if (token.Length == 0) throw new CredentialException($"The token file {path} is empty.");
            _current = Credential.Bearer(token);
            _readAt = time.GetTimestamp();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CredentialException)
        {
            // While the volume is being swapped the file can be missing. The token at hand is likely good for a while yet.
            if (_current is null) throw new CredentialException($"The token file {path} cannot be used: {e.Message}", e);
        }
    }
}
