using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace SstpGateway.Authentication;

/// <summary>Time-based codes of authenticator apps (RFC 6238 with its defaults: HMAC-SHA-1, 30 s, 6 digits).</summary>
public static class Totp
{
    public const int Digits = 6;

    /// <summary>How many steps a code may be early or late (RFC 6238 5.2 recommends one).</summary>
    public const int Tolerance = 1;

    private const int StepSeconds = 30;

    public static long StepAt(DateTimeOffset time) => time.ToUnixTimeSeconds() / StepSeconds;

    /// <summary>HOTP (RFC 4226 5.3) of a step.</summary>
    public static string Code(ReadOnlySpan<byte> secret, long step)
    {
        Span<byte> counter = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        Span<byte> digest = stackalloc byte[SHA1.HashSizeInBytes];
        HMACSHA1.HashData(secret, counter, digest);

        var truncated = BinaryPrimitives.ReadUInt32BigEndian(digest[(digest[^1] & 0xF)..]) & 0x7FFF_FFFF;
        return (truncated % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }

    /// <summary>The step a code belongs to, among the present one and its neighbours.
    /// Compares with all of them, in constant time.</summary>
    public static long? FindStep(ReadOnlySpan<byte> secret, ReadOnlySpan<char> code, DateTimeOffset now)
    {
        Span<byte> given = stackalloc byte[Digits];
        Span<byte> expected = stackalloc byte[Digits];
        given.Clear();
        var complete = code.Length == Digits
            && System.Text.Ascii.FromUtf16(code, given, out _) == System.Buffers.OperationStatus.Done;

        long? found = null;
        var present = StepAt(now);
        for (var step = present - Tolerance; step <= present + Tolerance; step++)
        {
            System.Text.Ascii.FromUtf16(Code(secret, step), expected, out _);
            if (CryptographicOperations.FixedTimeEquals(given, expected) && complete) found = step;
        }
        return found;
    }
}
