namespace SstpProtocol.Sstp.Messages;

/// <summary>Crypto Binding (MS-SSTP 2.2.7): 3 reserved octets, the hash, the nonce,
/// the certificate hash, the compound MAC.</summary>
/// <remarks>
/// The last two are fields of 32 octets whatever the hash; values of SHA-1 fill the first 20 octets and zeros the rest.
/// </remarks>
public readonly ref struct CryptoBindingAttribute
{
    /// <summary>Attribute header included.</summary>
    public const int Length = SstpAttribute.HeaderSize + ValueLength;

    /// <summary>Length in octets of each of the three fields nonce, certificate hash and compound MAC.</summary>
    public const int FieldSize = 32;

    private const int HashOffset = 3;
    private const int NonceOffset = HashOffset + 1;
    private const int CertificateHashOffset = NonceOffset + FieldSize;
    private const int CompoundMacOffset = CertificateHashOffset + FieldSize;
    private const int ValueLength = CompoundMacOffset + FieldSize;

    private readonly ReadOnlySpan<byte> _value;

    private CryptoBindingAttribute(ReadOnlySpan<byte> value) => _value = value;

    /// <summary>As sent: may be none or several of the defined bits, or undefined ones.</summary>
    public SstpHash Hash => (SstpHash)_value[HashOffset];

    public ReadOnlySpan<byte> Nonce => _value.Slice(NonceOffset, FieldSize);

    public ReadOnlySpan<byte> CertificateHash => _value.Slice(CertificateHashOffset, FieldSize);

    public ReadOnlySpan<byte> CompoundMac => _value.Slice(CompoundMacOffset, FieldSize);

    public static bool TryRead(ReadOnlySpan<byte> value, out CryptoBindingAttribute attribute)
    {
        attribute = default;
        if (value.Length != ValueLength) return false;
        attribute = new CryptoBindingAttribute(value);
        return true;
    }

    /// <summary>Writes the attribute with a compound MAC of zeros, which is how it enters the MAC's computation.</summary>
    /// <param name="certificateHash">20 or 32 octets.</param>
    internal static void WriteWithoutMac(
        Span<byte> destination, SstpHash hash, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> certificateHash)
    {
        destination[..Length].Clear();
        SstpAttribute.WriteHeader(destination, SstpAttributeId.CryptoBinding, Length);
        var value = destination[SstpAttribute.HeaderSize..Length];
        value[HashOffset] = (byte)hash;
        nonce.CopyTo(value.Slice(NonceOffset, FieldSize));
        certificateHash.CopyTo(value.Slice(CertificateHashOffset, FieldSize));
    }
}
