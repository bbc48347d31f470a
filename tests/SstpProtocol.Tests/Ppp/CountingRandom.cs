namespace SstpProtocol.Tests.Ppp;

/// <summary>Fills with 01 01 .. the first time, 02 02 .. the second, and so on.</summary>
internal sealed class CountingRandom : IRandomBytes
{
    private byte _next;

    public void Fill(Span<byte> destination) => destination.Fill(++_next);
}
