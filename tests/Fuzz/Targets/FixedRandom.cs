using SstpProtocol;

namespace Fuzz.Targets;

/// <summary>Fills with 01 01 .. the first time, 02 02 .. the second, and so on: seeds recorded with it stay valid.</summary>
internal sealed class FixedRandom(byte first = 1) : IRandomBytes
{
    private byte _next = first;

    public void Fill(Span<byte> destination) => destination.Fill(_next++);
}
