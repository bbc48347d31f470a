using SstpGateway.Metrics;

namespace SstpGateway.Sessions;

/// <summary>What one call has carried. Written by the threads that carry, read by whoever asks.</summary>
public sealed class SessionTraffic
{
    private static readonly int Reasons = Enum.GetValues<PacketDrop>().Length;

    private readonly long[] _drops = new long[Reasons];
    private long _packetsFromClient;
    private long _bytesFromClient;
    private long _packetsToClient;
    private long _bytesToClient;

    public TrafficCount FromClient => new(Volatile.Read(ref _packetsFromClient), Volatile.Read(ref _bytesFromClient));

    public TrafficCount ToClient => new(Volatile.Read(ref _packetsToClient), Volatile.Read(ref _bytesToClient));

    public void CountFromClient(int bytes)
    {
        // Only the call's own receive loop comes here.
        Volatile.Write(ref _packetsFromClient, _packetsFromClient + 1);
        Volatile.Write(ref _bytesFromClient, _bytesFromClient + bytes);
    }

    public void CountToClient(int packets, int bytes)
    {
        // Several queues of the device may have packets for one call.
        Interlocked.Add(ref _packetsToClient, packets);
        Interlocked.Add(ref _bytesToClient, bytes);
    }

    public void CountDrop(PacketDrop reason) => CountDrops(reason, 1);

    public void CountDrops(PacketDrop reason, int packets) => Interlocked.Add(ref _drops[(int)reason], packets);

    public long Drops(PacketDrop reason) => Volatile.Read(ref _drops[(int)reason]);

    /// <summary>Adds another call's figures, for the total of calls that have ended.</summary>
    public void Add(SessionTraffic other)
    {
        Interlocked.Add(ref _packetsFromClient, other.FromClient.Packets);
        Interlocked.Add(ref _bytesFromClient, other.FromClient.Bytes);
        Interlocked.Add(ref _packetsToClient, other.ToClient.Packets);
        Interlocked.Add(ref _bytesToClient, other.ToClient.Bytes);
        for (var reason = 0; reason < Reasons; reason++) Interlocked.Add(ref _drops[reason], other._drops[reason]);
    }
}
