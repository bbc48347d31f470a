using System.Security.Cryptography;

namespace Operator.Certificates.InternalCa;

internal static class SerialNumber
{
    /// <summary>Positive, 127 random bits, 16 bytes: unique without a counter that a restore could set back (RFC
    /// 5280 section 4.1.2.2 allows 20 bytes).</summary>
    public static byte[] Next()
    {
        var serial = RandomNumberGenerator.GetBytes(16);
        serial[0] = (byte)(serial[0] & 0x7F | 0x40);    // positive, and never shorter than 16 bytes
        return serial;
    }
}
