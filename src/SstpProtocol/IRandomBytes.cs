namespace SstpProtocol;

/// <summary>Where nonces, challenges and magic numbers come from: a cryptographic
/// source in programs, a script in tests.</summary>
public interface IRandomBytes
{
    void Fill(Span<byte> destination);
}
