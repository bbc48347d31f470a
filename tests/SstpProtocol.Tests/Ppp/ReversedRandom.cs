namespace SstpProtocol.Tests.Ppp;

/// <summary>Fills with FE FE .. the first time, FD FD .. the second: never what <see cref="CountingRandom"/> gives.</summary>
internal sealed class ReversedRandom : IRandomBytes
{
    private byte _next = 0xFF;

    public void Fill(Span<byte> destination) => destination.Fill(--_next);
}
