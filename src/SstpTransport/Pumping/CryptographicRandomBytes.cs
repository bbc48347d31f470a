using System.Security.Cryptography;
using SstpProtocol;

namespace SstpTransport.Pumping;

/// <summary>The system's cryptographic random numbers.</summary>
public sealed class CryptographicRandomBytes : IRandomBytes
{
    public static readonly CryptographicRandomBytes Instance = new();

    public void Fill(Span<byte> destination) => RandomNumberGenerator.Fill(destination);
}
