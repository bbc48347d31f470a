using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace GatewayConfig.Formats;

/// <summary>
/// A salted, slow hash of a password: <c>pbkdf2-sha256$iterations$salt$hash</c>, salt and hash in Base64 (PBKDF2 of RFC 8018 with
/// HMAC-SHA-256 over the password in UTF-8).
/// </summary>
public sealed class PasswordVerifier
{
    /// <summary>What new verifiers get: OWASP's figure for PBKDF2-HMAC-SHA256 of 2023.</summary>
    public const int DefaultIterations = 600_000;

    private const string Scheme = "pbkdf2-sha256";
    private const int MinIterations = 10_000;

    // Some 2 s of a processor: a typing error here must not become a way to stop the gateway.
    private const int MaxIterations = 5_000_000;
    private const int SaltSize = 16;
    private const int MaxSaltSize = 64;
    private const int HashSize = SHA256.HashSizeInBytes;

    private readonly byte[] salt;
    private readonly byte[] hash;

    private PasswordVerifier(int iterations, byte[] salt, byte[] hash)
    {
        Iterations = iterations;
        this.salt = salt;
        this.hash = hash;
    }

    public int Iterations { get; }

    public static PasswordVerifier Create(string password, int iterations = DefaultIterations)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltSize);
        return new PasswordVerifier(iterations, salt, Derive(password, salt, iterations));
    }

    public static bool TryParse(string text, [NotNullWhen(true)] out PasswordVerifier? verifier)
    {
        verifier = null;
        if (text.Split('$') is not [Scheme, var count, var salt, var hash]) return false;
        if (!int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var iterations)) return false;
        if (iterations is < MinIterations or > MaxIterations) return false;
        if (!TryDecode(salt, out var saltOctets) || saltOctets.Length is < 8 or > MaxSaltSize) return false;
        if (!TryDecode(hash, out var hashOctets) || hashOctets.Length != HashSize) return false;

        verifier = new PasswordVerifier(iterations, saltOctets, hashOctets);
        return true;
    }

    /// <summary>The work of a check, and nothing else: so that a name without a verifier takes as long as one with it.</summary>
    public static void Burn(string password, int iterations)
    {
        if (iterations > 0) Derive(password, new byte[SaltSize], iterations);
    }

    /// <summary>Takes a time that depends on the iterations, not on the password.</summary>
    public bool Accepts(string password) => CryptographicOperations.FixedTimeEquals(Derive(password, salt, Iterations), hash);

    /// <summary>The line for the users file.</summary>
    public string Format() =>
        string.Create(
            CultureInfo.InvariantCulture, $"{Scheme}${Iterations}${Convert.ToBase64String(salt)}${Convert.ToBase64String(hash)}");

    public override string ToString() => $"{Scheme} verifier";

    internal static string? Problem(string text) => TryParse(text, out _)
        ? null
        : $"is no verifier; give {Scheme}$iterations$salt$hash with {MinIterations} to {MaxIterations} iterations and salt and "
            + "hash in Base64, as sstp-gateway makes it";

    private static byte[] Derive(string password, byte[] salt, int iterations) =>
        Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(password), salt, iterations, HashAlgorithmName.SHA256, HashSize);

    private static bool TryDecode(string base64, out byte[] octets)
    {
        octets = new byte[base64.Length];
        if (!Convert.TryFromBase64String(base64, octets, out var length)) return false;
        Array.Resize(ref octets, length);
        return true;
    }
}
