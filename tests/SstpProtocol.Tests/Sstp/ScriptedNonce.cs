namespace SstpProtocol.Tests.Sstp;

/// <summary>Gives the same octets each time; the default is 1, 2, 3 and so on.</summary>
internal sealed class ScriptedNonce(byte[]? octets = null) : IRandomBytes
{
    public byte[] Octets { get; } = octets ?? [.. Enumerable.Range(1, 32).Select(i => (byte)i)];

    public void Fill(Span<byte> destination) => Octets.AsSpan(0, destination.Length).CopyTo(destination);
}
