namespace SstpProtocol.Ip.Queueing;

/// <summary>The memory of all <see cref="FairQueue"/>s of a program, in pieces that are used again.
/// For several threads.</summary>
/// <remarks>
/// The shared array pool keeps a megabyte of a size on two processors: the queues of two calls whose line is full. Any more would
/// be allocated again and again. What comes back here is kept up to a bound, whoever brings it; beyond, it is left to the
/// collector. A lock is taken once for some ten packets.
/// </remarks>
/// <param name="most">Chunks that are kept while nobody uses them.</param>
public sealed class ChunkPool(int most)
{
    /// <summary>Bytes in a chunk: some ten packets, and little to hold for a flow that sends one now and then.</summary>
    public const int ChunkSize = 16 * 1024;

    private readonly Lock _gate = new();
    private readonly Stack<byte[]> _free = new();

    /// <summary>Chunks at hand.</summary>
    public int Free
    {
        get { lock (_gate) return _free.Count; }
    }

    internal byte[] Rent()
    {
        lock (_gate)
        {
            if (_free.TryPop(out var chunk)) return chunk;
        }

        return GC.AllocateUninitializedArray<byte>(ChunkSize);
    }

    internal void Return(byte[] chunk)
    {
        lock (_gate)
        {
            if (_free.Count < most) _free.Push(chunk);
        }
    }
}
