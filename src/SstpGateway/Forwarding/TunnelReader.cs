using System.Buffers.Binary;
using Microsoft.Extensions.Logging;
using SstpGateway.Sessions;
using SstpProtocol.Ip.Offload;
using SstpProtocol.Ppp;
using SstpTransport.Linux;
using SstpTransport.Polling;
using SstpTransport.Tun;

namespace SstpGateway.Forwarding;

/// <summary>Takes packets from one queue of the tunnel device to the calls they are for, on the queue's poller.</summary>
public sealed class TunnelReader : ISharedPolled
{
    /// <summary>Reads in one go before their calls are woken: enough to fill some records, few enough to add no delay.</summary>
    private const int BatchSize = 64;

    /// <summary>Bytes after which calls are woken all the same: with the largest packet on top,
    /// what one of them takes straight away.</summary>
    private const int BatchBytes = 16 * 1024;

    /// <summary>Bytes of one turn, at most in so many batches: what a connection has in its turn (<see cref="PolledStream"/>),
    /// so that answers are taken out of the device as fast as what they answer is put in.</summary>
    private const int TurnBytes = 64 * 1024;
    private const int BatchesInTurn = TurnBytes / BatchBytes;

    private const int Ipv4DestinationOffset = 16;
    private const int Ipv6DestinationOffset = 24;
    private const int Ipv4HeaderSize = 20;
    private const int Ipv6HeaderSize = 40;

    private readonly TunQueue _queue;
    private readonly SessionTable _table;
    private readonly ILogger _logger;
    private readonly byte[] _packet = GC.AllocateUninitializedArray<byte>(TunQueue.MaxPacketLength, pinned: true);
    private readonly List<GatewaySession> _touched = new(BatchSize);
    private Poller? _poller;
    private long _undeliverable;

    public TunnelReader(TunQueue queue, SessionTable table, ILogger logger)
    {
        _queue = queue;
        _table = table;
        _logger = logger;
    }

    /// <summary>Packets for addresses that no call has.</summary>
    public long Undeliverable => Volatile.Read(ref _undeliverable);

    /// <summary>Begins; the poller's thread reads from now on.</summary>
    public void Start(Poller poller)
    {
        _poller = poller;
        _queue.AttachShared(poller, this);
    }

    /// <summary>Ends it, before the device is disposed.</summary>
    public void Stop()
    {
        if (Interlocked.Exchange(ref _poller, null) is { } poller) _queue.Detach(poller);
    }

    bool ISharedPolled.TakeTurn()
    {
        try
        {
            var left = TurnBytes;
            for (var batch = 0; batch < BatchesInTurn && left > 0; batch++)
            {
                if (!ReadBatch(ref left)) return false;
            }

            return true;
        }
        catch (SystemCallException e)
        {
            Stop();
            ForwardingLog.DeviceLost(_logger, e.Message);
            return false;
        }
    }

    /// <returns>False when the queue is empty.</returns>
    private bool ReadBatch(ref int bytesLeft)
    {
        var (packets, bytes, length) = (0, 0, 0);
        while (packets < BatchSize && bytes < BatchBytes && (length = _queue.Read(_packet, out var offload)) > 0)
        {
            Deliver(offload, _packet.AsSpan(0, length));
            packets++;
            bytes += length;
        }

        foreach (var session in _touched) session.Flush();
        _touched.Clear();
        bytesLeft -= bytes;
        return length > 0;
    }

    private void Deliver(in OffloadHeader offload, Span<byte> packet)
    {
        var (session, protocol) = (packet[0] >> 4) switch
        {
            4 when packet.Length >= Ipv4HeaderSize =>
                (_table.FindByIpv4(BinaryPrimitives.ReadUInt32BigEndian(packet[Ipv4DestinationOffset..])), PppProtocol.Ipv4),
            6 when packet.Length >= Ipv6HeaderSize =>
                (_table.FindByIpv6(BinaryPrimitives.ReadUInt64BigEndian(packet[Ipv6DestinationOffset..])), PppProtocol.Ipv6),
            _ => (null, default),
        };
        if (session is null)
        {
            Volatile.Write(ref _undeliverable, _undeliverable + 1);
            return;
        }

        session.Deliver(protocol, offload, packet);
        if (_touched.Count == 0 || _touched[^1] != session) _touched.Add(session);
    }
}
