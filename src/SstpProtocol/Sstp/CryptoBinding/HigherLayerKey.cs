using System.Security.Cryptography;

namespace SstpProtocol.Sstp.CryptoBinding;

/// <summary>
/// The Higher-Layer Authentication Key (HLAK, MS-SSTP 3.2.5.2 and 3.3.5.2.3): 32 octets both ends know only when they took part
/// in the same inner authentication. Always from the server's point of view.
/// </summary>
public sealed class HigherLayerKey
{
    public const int Size = 32;

    /// <summary>32 zero octets: PAP, CHAP-MD5 and anything else that derives no key.</summary>
    public static readonly HigherLayerKey None = new(new byte[Size]);

    private readonly byte[] _octets;

    private HigherLayerKey(byte[] octets) => _octets = octets;

    public ReadOnlySpan<byte> Octets => _octets;

    /// <summary>
    /// The first 32 octets of receive key followed by send key, padded with zeros: the one rule that covers MS-CHAPv2
    /// (16 + 16), EAP-TLS and PEAP (32 of the receive key) and what RADIUS returns for them.
    /// </summary>
    /// <param name="serverReceiveKey">The key the server decrypts with, 0 to 32 octets or more.</param>
    /// <param name="serverSendKey">The key the server encrypts with.</param>
    public static HigherLayerKey FromServerKeys(ReadOnlySpan<byte> serverReceiveKey, ReadOnlySpan<byte> serverSendKey)
    {
        var octets = new byte[Size];
        var received = serverReceiveKey[..Math.Min(serverReceiveKey.Length, Size)];
        received.CopyTo(octets);
        serverSendKey[..Math.Min(serverSendKey.Length, Size - received.Length)].CopyTo(octets.AsSpan(received.Length));
        return new HigherLayerKey(octets);
    }

    /// <summary>Overwrites the key; called once the binding has been verified or the call has ended.</summary>
    public void Erase()
    {
        if (!ReferenceEquals(this, None)) CryptographicOperations.ZeroMemory(_octets);
    }
}
