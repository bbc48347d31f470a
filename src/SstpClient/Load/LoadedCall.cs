using System.Buffers.Binary;
using SstpClient.Calls;
using SstpProtocol.Ip;
using SstpProtocol.Ppp;
using SstpProtocol.Sessions;
using SstpTransport.Pumping;

namespace SstpClient.Load;

/// <summary>One of many calls: waits for its address, then keeps a number of echo requests in flight,
/// or sends one now and then.</summary>
internal sealed class LoadedCall(MonotonicClock clock) : ICallObserver
{
    private const int IcmpHeaderSize = 8; // RFC 792
    private const byte EchoRequest = 8;
    private const byte EchoReply = 0;
    private const int ChecksumOffset = 2;

    private readonly TaskCompletionSource<bool> _up = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private byte[] _echo = [];
    private Call? _replied;
    private readonly List<long> _waits = [];
    private int _inFlight;
    private int _beatsLeft;
    private int _beatsBetween;
    private long _sentAt;
    private long _sent;
    private int _quietBeats;
    private long _echoesSeen;
    private long _echoes;
    private uint _own;
    private uint _gateway;

    /// <summary>True when the call has an address, false when it ended before.</summary>
    public Task<bool> Up => _up.Task;

    /// <summary>Why the call ended; null while it is up.</summary>
    public SessionEnd? End { get; private set; }

    /// <summary>Echo replies received.</summary>
    public long Echoes => Volatile.Read(ref _echoes);

    /// <summary>Echo requests without a reply.</summary>
    public long Unanswered => Volatile.Read(ref _sent) - Echoes;

    /// <summary>Milliseconds until the reply of each request that was sent by itself; once all is over.</summary>
    public IReadOnlyList<long> Waits => _waits;

    public void Apply(Call call, SessionEvent sessionEvent)
    {
        switch (sessionEvent)
        {
            case SessionEvent.Ipv4Opened opened:
                _own = IpNumber.FromIpv4(opened.Own);
                _gateway = opened.Peer is null ? 0 : IpNumber.FromIpv4(opened.Peer);
                _up.TrySetResult(true);
                break;
            case SessionEvent.Ended ended:
                End = ended.End;
                _up.TrySetResult(false);
                break;
        }
    }

    public void Receive(Call call, PppProtocol protocol, Span<byte> packet)
    {
        if (protocol != PppProtocol.Ipv4 || !Ipv4Header.TryRead(packet, out var header)
            || header.Protocol != IpProtocol.Icmp || packet[header.HeaderLength] != EchoReply) return;
        Volatile.Write(ref _echoes, _echoes + 1);
        if (_beatsBetween > 0)
        {
            _waits.Add(clock.Now.Milliseconds - Volatile.Read(ref _sentAt));
            return;
        }

        if (_echo.Length == 0) return;
        call.TrySend(PppProtocol.Ipv4, _echo);
        _replied = call;
    }

    public void EndOfBatch()
    {
        _replied?.Flush();
        _replied = null;
    }

    /// <param name="call">This call.</param>
    /// <param name="inFlight">Requests to begin with; each reply causes the next.</param>
    /// <param name="size">Bytes of each packet.</param>
    public void StartEchoes(Call call, int inFlight, int size)
    {
        _inFlight = inFlight;
        Write(size);
        Send(call);
    }

    /// <summary>One request in a number of beats from now on.</summary>
    /// <param name="beatsBetween">At least 1.</param>
    /// <param name="firstBeat">From 0; differs from call to call, so that not all send at once.</param>
    public void StartPacedEchoes(int beatsBetween, int firstBeat, int size)
    {
        (_inFlight, _beatsBetween, _beatsLeft) = (1, beatsBetween, firstBeat);
        Write(size);
    }

    /// <summary>Begins anew when all that were in flight have been lost, which a second without any says.
    /// Called with each beat.</summary>
    /// <param name="beatsPerSecond">Of the heartbeat.</param>
    public void Tick(Call call, int beatsPerSecond)
    {
        if (_echo.Length == 0) return;
        if (_beatsBetween > 0)
        {
            if (_beatsLeft-- > 0) return;
            _beatsLeft = _beatsBetween - 1;
            Send(call);
            return;
        }

        _quietBeats = Echoes == _echoesSeen ? _quietBeats + 1 : 0;
        _echoesSeen = Echoes;
        if (_quietBeats < beatsPerSecond) return;
        _quietBeats = 0;
        Send(call);
    }

    public void StopEchoes() => _echo = [];

    private void Send(Call call)
    {
        Volatile.Write(ref _sentAt, clock.Now.Milliseconds);
        for (var i = 0; i < _inFlight; i++)
        {
            if (call.TrySend(PppProtocol.Ipv4, _echo)) Volatile.Write(ref _sent, _sent + 1);
        }

        call.Flush();
    }

    private void Write(int size)
    {
        var packet = new byte[size];
        Ipv4Header.Write(packet, IpProtocol.Icmp, _own, _gateway, size);
        var message = packet.AsSpan(Ipv4Header.MinSize);
        message[0] = EchoRequest;
        message[IcmpHeaderSize..].Fill(0x5A);
        BinaryPrimitives.WriteUInt16BigEndian(message[ChecksumOffset..], InternetChecksum.Of(message));
        _echo = packet;
    }
}
