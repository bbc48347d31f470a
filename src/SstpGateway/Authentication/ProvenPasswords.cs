using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using GatewayConfig.Formats;

namespace SstpGateway.Authentication;

/// <summary>
/// The password each user last proved against a verifier, under a key that lives and dies with the process: an office that dials
/// in again all at once would otherwise wait minutes for its verifiers.
/// </summary>
internal sealed class ProvenPasswords
{
    private readonly byte[] key = RandomNumberGenerator.GetBytes(HMACSHA256.HashSizeInBytes);
    private readonly ConcurrentDictionary<string, byte[]> digests = new(StringComparer.OrdinalIgnoreCase);

    /// <param name="verifier">A changed one counts as never proven.</param>
    public bool Contains(string userName, PasswordVerifier verifier, string password) =>
        digests.TryGetValue(userName, out var known)
        && CryptographicOperations.FixedTimeEquals(known, Digest(verifier, password));

    public void Add(string userName, PasswordVerifier verifier, string password) =>
        digests[userName] = Digest(verifier, password);

    /// <summary>Forgets users who are gone, so that there are never more entries than users.</summary>
    public void KeepOnly(IReadOnlySet<string> userNames)
    {
        foreach (var name in digests.Keys)
        {
            if (!userNames.Contains(name)) digests.TryRemove(name, out _);
        }
    }

    // A verifier's text has no line end, so no two pairs give the same octets.
    private byte[] Digest(PasswordVerifier verifier, string password) =>
        HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{verifier.Format()}\n{password}"));
}
