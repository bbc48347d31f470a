namespace SstpProtocol.Sstp.Messages;

/// <summary>Crypto Binding Request (MS-SSTP 2.2.6): 3 reserved octets, the bitmask of hashes, the nonce.</summary>
public readonly ref struct CryptoBindingRequestAttribute(SstpHash hashes, ReadOnlySpan<byte> nonce)
{
    /// <summary>Attribute header included.</summary>
    public const int Length = SstpAttribute.HeaderSize + ValueLength;

    public const int NonceSize = 32;

    private const int ReservedLength = 3;
    private const int ValueLength = ReservedLength + 1 + NonceSize;

    /// <summary>What the server accepts; may hold bits that this version of the protocol does not define.</summary>
    public SstpHash Hashes { get; } = hashes;

    /// <summary><see cref="NonceSize"/> octets.</summary>
    public ReadOnlySpan<byte> Nonce { get; } = nonce;

    public static bool TryRead(ReadOnlySpan<byte> value, out CryptoBindingRequestAttribute attribute)
    {
        attribute = default;
        if (value.Length != ValueLength) return false;
        attribute = new CryptoBindingRequestAttribute((SstpHash)value[ReservedLength], value[(ReservedLength + 1)..]);
        return true;
    }

    internal void Write(Span<byte> destination)
    {
        destination[..Length].Clear();
        SstpAttribute.WriteHeader(destination, SstpAttributeId.CryptoBindingRequest, Length);
        destination[SstpAttribute.HeaderSize + ReservedLength] = (byte)Hashes;
        Nonce.CopyTo(destination[(Length - NonceSize)..Length]);
    }
}
