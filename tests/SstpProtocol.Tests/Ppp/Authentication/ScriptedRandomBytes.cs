namespace SstpProtocol.Tests.Ppp.Authentication;

/// <summary>Gives the octets it was given, then counts on from 1: every draw differs and every run is the same.</summary>
internal sealed class ScriptedRandomBytes(params byte[][] script) : IRandomBytes
{
    private readonly Queue<byte[]> _script = new(script);
    private byte _next;

    public void Fill(Span<byte> destination)
    {
        if (_script.TryPeek(out var draw) && draw.Length == destination.Length)
        {
            _script.Dequeue().CopyTo(destination);
            return;
        }

        foreach (ref var octet in destination) octet = ++_next;
    }
}
