using System.Buffers.Binary;
using Microsoft.Extensions.Logging;
using SstpGateway.Sessions;
using SstpProtocol.Ppp;
using SstpTransport.Linux;
using SstpTransport.Tun;

namespace SstpGateway.Forwarding;

/// <summary>One thread for one queue of the tunnel device: takes packets from the inside network to the calls they are for.</summary>
public sealed class TunnelReader
{
    /// <summary>Packets taken in one go before their calls are woken: enough to fill some records, few enough to add no delay.</summary>
    private const int BatchSize = 64;

    private const int Ipv4DestinationOffset = 16;
    private const int Ipv6DestinationOffset = 24;
    private const int Ipv4HeaderSize = 20;
    private const int Ipv6HeaderSize = 40;

    private readonly TunQueue _queue;
    private readonly SessionTable _table;
    private readonly ILogger _logger;
    private readonly Thread _thread;
    private readonly byte[] _packet = GC.AllocateUninitializedArray<byte>(TunQueue.MaxPacketLength, pinned: true);
    private readonly List<GatewaySession> _touched = new(BatchSize);
    private volatile bool _stopping;
    private long _undeliverable;

    public TunnelReader(TunQueue queue, SessionTable table, ILogger logger, int number)
    {
        _queue = queue;
        _table = table;
        _logger = logger;
        _thread = new Thread(Run) { IsBackground = true, Name = $"tunnel reader {number}" };
    }

    /// <summary>Packets for addresses that no call has.</summary>
    public long Undeliverable => Volatile.Read(ref _undeliverable);

    public void Start() => _thread.Start();

    /// <summary>Ends the thread and waits for it.</summary>
    public void Stop()
    {
        _stopping = true;
        _queue.Wake();
        if (_thread.IsAlive) _thread.Join();
    }

    private void Run()
    {
        try
        {
            while (!_stopping)
            {
                if (_queue.WaitReadable()) ReadBatches();
            }
        }
        catch (SystemCallException e)
        {
            ForwardingLog.DeviceLost(_logger, e.Message);
        }
    }

    private void ReadBatches()
    {
        int length;
        do
        {
            length = 0;
            for (var i = 0; i < BatchSize && (length = _queue.Read(_packet)) > 0; i++) Deliver(_packet.AsSpan(0, length));
            foreach (var session in _touched) session.Flush();
            _touched.Clear();
        }
        while (length > 0 && !_stopping);
    }

    private void Deliver(Span<byte> packet)
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

        session.Deliver(protocol, packet);
        if (_touched.Count == 0 || _touched[^1] != session) _touched.Add(session);
    }
}
