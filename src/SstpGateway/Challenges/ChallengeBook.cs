using System.Diagnostics.CodeAnalysis;

namespace SstpGateway.Challenges;

/// <summary>The ACME challenges that the gateway answers. Safe for use from several threads.</summary>
/// <remarks>They are in memory only: whoever put them asks for them again when the gateway has started anew.</remarks>
public sealed class ChallengeBook(TimeProvider clock)
{
    /// <summary>How long a challenge is answered when nobody takes it back or puts it again:
    /// CAs are done within minutes.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    /// <summary>Challenges of one kind at most; an order has one for each of its names.</summary>
    public const int Capacity = 1000;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Entry<string>> _http = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Entry<AcmeCertificate>> _tlsAlpn = new(StringComparer.OrdinalIgnoreCase);

    public IReadOnlyList<string> HttpTokens => Keys(_http);

    public IReadOnlyList<string> TlsAlpnNames => Keys(_tlsAlpn);

    /// <returns>False when there are too many.</returns>
    public bool TryPutHttp(string token, string keyAuthorization) => TryPut(_http, token, keyAuthorization);

    public void RemoveHttp(string token) => Remove(_http, token);

    public bool TryFindHttp(string token, [NotNullWhen(true)] out string? keyAuthorization) =>
        TryFind(_http, token, out keyAuthorization);

    /// <param name="digest">SHA-256 of the key authorization.</param>
    /// <returns>False when there are too many.</returns>
    public bool TryPutTlsAlpn(string name, ReadOnlyMemory<byte> digest)
    {
        lock (_gate)
        {
            // A certificate that is being looked at by the CA must not change under it.
            if (_tlsAlpn.TryGetValue(name, out var known) && known.Value.Digest.Span.SequenceEqual(digest.Span))
                return TryPut(_tlsAlpn, name, known.Value);
        }
        return TryPut(_tlsAlpn, name, AcmeCertificate.Create(name, digest, clock.GetUtcNow()));
    }

    public void RemoveTlsAlpn(string name) => Remove(_tlsAlpn, name);

    internal bool TryFindTlsAlpn(string name, [NotNullWhen(true)] out AcmeCertificate? certificate) =>
        TryFind(_tlsAlpn, name, out certificate);

    private bool TryPut<T>(Dictionary<string, Entry<T>> entries, string key, T value) where T : class
    {
        lock (_gate)
        {
            Expire(entries);
            if (!entries.ContainsKey(key) && entries.Count >= Capacity) return false;
            entries[key] = new Entry<T>(value, clock.GetTimestamp());
            return true;
        }
    }

    private void Remove<T>(Dictionary<string, Entry<T>> entries, string key)
    {
        lock (_gate) entries.Remove(key);
    }

    private bool TryFind<T>(Dictionary<string, Entry<T>> entries, string key, [NotNullWhen(true)] out T? value) where T : class
    {
        lock (_gate)
        {
            value = entries.TryGetValue(key, out var entry) && !IsOver(entry) ? entry.Value : null;
            return value is not null;
        }
    }

    private List<string> Keys<T>(Dictionary<string, Entry<T>> entries)
    {
        lock (_gate)
        {
            Expire(entries);
            return [.. entries.Keys.Order(StringComparer.Ordinal)];
        }
    }

    private void Expire<T>(Dictionary<string, Entry<T>> entries)
    {
        foreach (var (key, entry) in entries)
        {
            if (IsOver(entry)) entries.Remove(key);
        }
    }

    private bool IsOver<T>(Entry<T> entry) => clock.GetElapsedTime(entry.PutAt) >= Lifetime;

    private readonly record struct Entry<T>(T Value, long PutAt);
}
