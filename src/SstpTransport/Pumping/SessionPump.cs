using System.Buffers;
using System.Net.Security;
using SstpProtocol;
using SstpProtocol.Ppp;
using SstpProtocol.Sessions;
using SstpProtocol.Sstp;
using SstpTransport.Polling;
using SstpTransport.Tls;

namespace SstpTransport.Pumping;

/// <summary>Moves bytes between one TLS stream and one <see cref="Session"/>: the shell that both ends share.</summary>
/// <remarks>
/// Two loops: <see cref="ReceiveAsync"/> cuts SSTP packets out of the stream, hands IP packets straight to the owner and
/// everything else to the session; <see cref="SendAsync"/> writes what <see cref="Egress"/> holds. Both run on the connection's
/// poller, so that a packet changes no thread. The session is driven under one gate by the receive loop, by <see cref="Tick"/>
/// and by <see cref="Command"/>.
/// </remarks>
public sealed class SessionPump : IDisposable
{
    /// <summary>One TLS record's plaintext (RFC 8446 5.1) and the head of a packet left over from the record before.</summary>
    private const int ReceiveBufferSize = 16 * 1024 + SstpHeader.MaxLength;

    /// <summary>How long a peer that stopped reading may hold up the last packets once the session is over.</summary>
    private static readonly TimeSpan FlushTime = TimeSpan.FromSeconds(2);

    private readonly Stream _stream;
    private readonly PolledStream? _transport;
    private readonly Session _session;
    private readonly ISessionOwner _owner;
    private readonly MonotonicClock _clock;
    private readonly Lock _gate = new();
    private readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // Read on the packet path without the gate; a packet that meets an old value is one that raced with the change.
    private volatile bool _forwardsIpv4;
    private volatile bool _forwardsIpv6;
    private long _dataHeardAt = long.MinValue;
    private long _bytesReceived;
    private long _bytesSent;
    private long _notOpen;
    private volatile bool _controlWaits;

    /// <param name="stream">TLS, or whatever stands for it.</param>
    /// <param name="transport">The connection under it, whose poller's thread will do the work;
    /// null leaves that to whoever completes the reads.</param>
    public SessionPump(Stream stream, PolledStream? transport, Session session, ISessionOwner owner, MonotonicClock clock)
    {
        _stream = stream;
        _transport = transport;
        _session = session;
        _owner = owner;
        _clock = clock;
        Egress = new EgressQueue(clock);
    }

    /// <summary>What waits to be sent to the peer.</summary>
    public EgressQueue Egress { get; }

    /// <summary>Bytes of SSTP received so far, headers included.</summary>
    public long BytesReceived => Volatile.Read(ref _bytesReceived);

    /// <summary>Bytes of SSTP sent so far, headers included.</summary>
    public long BytesSent => Volatile.Read(ref _bytesSent);

    /// <summary>IP packets dropped because the call was not connected or the NCP not open.</summary>
    public long DroppedNotOpen => Volatile.Read(ref _notOpen);

    public bool Forwards(PppProtocol protocol) => protocol == PppProtocol.Ipv4 ? _forwardsIpv4 : _forwardsIpv6;

    /// <summary>Runs the session to its end and closes the stream. Does not throw for what peers and networks do.</summary>
    /// <param name="received">What was read behind the HTTP message: already SSTP.</param>
    /// <param name="abandon">Ends everything at once, without a good-bye.</param>
    public async Task RunAsync(ReadOnlyMemory<byte> received, CancellationToken abandon)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(abandon);
        if (_stream is SslStream tls) RecordBuffers.TryRelease(tls);
        _transport?.RunInline();
        Command(static (_, _) => { });
        var sending = SendAsync(stop.Token);
        var receiving = ReceiveAsync(received, stop.Token);

        await _over.Task.ConfigureAwait(false);
        try
        {
            await sending.WaitAsync(FlushTime, _clock.Time, abandon).ConfigureAwait(false);
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException)
        {
            // The peer does not read, or we were told not to wait: the good-bye stays unsaid.
        }

        await stop.CancelAsync().ConfigureAwait(false);
        if (_transport is not null) await _transport.Poller.SwitchTo();
        await _stream.DisposeAsync().ConfigureAwait(false);
        // What the caller does next may take its time: not on the poller's thread, where the last of the two has just ended.
        await Task.WhenAll(sending, receiving).ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
    }

    /// <summary>Lets time pass; called by the heartbeat for every session.</summary>
    public void Tick(MonotonicTime now)
    {
        lock (_gate)
        {
            var heard = Interlocked.Exchange(ref _dataHeardAt, long.MinValue);
            if (heard != long.MinValue) _session.NoteData(new MonotonicTime(heard));
            if (_session.NextDeadline is not { } deadline || deadline > now) return;
            _session.Tick(now);
            Drive();
        }

        Egress.Flush();
    }

    /// <summary>Tells the session something from outside, such as a verdict, and sends what follows from it.</summary>
    public void Command(Action<Session, MonotonicTime> command)
    {
        lock (_gate)
        {
            command(_session, _clock.Now);
            Drive();
        }

        // Outside the gate: the sender may go on right here, and it uses the gate itself.
        Egress.Flush();
    }

    public void Dispose() => Egress.Dispose();

    private void Drive()
    {
        // Events may cause further packets and packets further events; both queues are finite.
        bool worked;
        do
        {
            worked = false;
            while (Egress.PendingControl < SstpHeader.MaxLength && _session.TryTransmit(out var packet))
            {
                Egress.EnqueueControl(packet.Span);
                worked = true;
            }

            _controlWaits = Egress.PendingControl >= SstpHeader.MaxLength;

            // Before the owner hears of it: whoever is told that packets may pass sends the first at once, on another thread.
            _forwardsIpv4 = _session.Forwards(PppProtocol.Ipv4);
            _forwardsIpv6 = _session.Forwards(PppProtocol.Ipv6);
            while (_session.TryTakeEvent(out var sessionEvent))
            {
                _owner.Apply(sessionEvent);
                worked = true;
            }
        }
        while (worked);

        if (!_session.IsOver) return;

        Egress.Complete();
        _over.TrySetResult();
    }

    private async Task ReceiveAsync(ReadOnlyMemory<byte> received, CancellationToken stopping)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(Math.Max(ReceiveBufferSize, received.Length));
        try
        {
            if (_transport is not null) await _transport.Poller.SwitchTo();
            received.CopyTo(buffer);
            Interlocked.Add(ref _bytesReceived, received.Length);
            var filled = Consume(buffer, received.Length, out var fault);
            while (fault is null && !_session.IsOver)
            {
                if (filled == 0)
                {
                    var waiting = _stream.ReadAsync(Memory<byte>.Empty, stopping);
                    if (!waiting.IsCompleted)
                    {
                        // Nothing half-read: wait without holding a buffer. Thousands of idle calls then cost none.
                        _owner.EndOfBatch();
                        ArrayPool<byte>.Shared.Return(buffer);
                        buffer = [];
                    }

                    await waiting.ConfigureAwait(false);
                    if (buffer.Length == 0) buffer = ArrayPool<byte>.Shared.Rent(ReceiveBufferSize);
                }

                var reading = _stream.ReadAsync(buffer.AsMemory(filled), stopping);
                if (!reading.IsCompleted) _owner.EndOfBatch();
                var read = await reading.ConfigureAwait(false);
                if (read == 0)
                {
                    Command((session, _) => session.TransportLost("the peer closed the connection"));
                    return;
                }

                Interlocked.Add(ref _bytesReceived, read);
                filled = Consume(buffer, filled + read, out fault);
            }

            if (fault is not null) Command((session, _) => session.FramingBroken(fault));
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or OperationCanceledException)
        {
            Command((session, _) => session.TransportLost(e is IOException ? e.Message : "the connection was abandoned"));
        }
        catch (Exception e)
        {
            // A mistake of ours ends this session and no other.
            Command((session, _) => session.TransportLost($"internal error: {e}"));
        }
        finally
        {
            if (buffer.Length > 0) ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Handles every whole packet in the buffer and moves the rest to its front.</summary>
    /// <returns>How many bytes are left over.</returns>
    private int Consume(byte[] buffer, int filled, out string? fault)
    {
        fault = null;
        if (filled == 0) return 0;

        var now = _clock.Now;
        var offset = 0;
        while (true)
        {
            var rest = buffer.AsSpan(offset, filled - offset);
            var status = SstpHeader.TryRead(rest, out var header);
            if (status == ReadStatus.Malformed)
            {
                fault = "the peer sent something that is no SSTP packet: wrong version, or a length below 4";
                return 0;
            }

            if (status == ReadStatus.NeedMoreBytes || header.Length > rest.Length) break;
            Dispatch(header, rest[..header.Length], now);
            offset += header.Length;
        }

        buffer.AsSpan(offset, filled - offset).CopyTo(buffer);
        return filled - offset;
    }

    private void Dispatch(SstpHeader header, Span<byte> packet, MonotonicTime now)
    {
        if (!header.IsControl
            && PppFrame.TryRead(packet[SstpHeader.Size..], out var protocol, out var payload)
            && protocol is PppProtocol.Ipv4 or PppProtocol.Ipv6)
        {
            Volatile.Write(ref _dataHeardAt, now.Milliseconds);
            if (Forwards(protocol)) _owner.Forward(protocol, packet[(SstpHeader.Size + payload)..]);
            else Interlocked.Increment(ref _notOpen);
            return;
        }

        lock (_gate)
        {
            _session.Receive(packet, now);
            Drive();
        }

        Egress.Flush();
    }

    private async Task SendAsync(CancellationToken stopping)
    {
        // Goes on on whichever thread signals: the one that has just filled the queue, or the poller's once the peer has read.
        try
        {
            while (await Egress.WaitAsync().ConfigureAwait(false))
            {
                while (Egress.TryTake(out var buffer, out var length))
                {
                    try
                    {
                        await _stream.WriteAsync(buffer.AsMemory(0, length), stopping).ConfigureAwait(false);
                        Interlocked.Add(ref _bytesSent, length);
                    }
                    finally
                    {
                        ArrayPool<byte>.Shared.Return(buffer);
                    }
                }

                // Control packets that found no room while the peer was slow.
                if (_controlWaits) Command(static (_, _) => { });
            }

            // Where the receive loop runs: SslStream guards neither its shutdown nor its end against a read of another thread,
            // and OpenSSL does not stand the two at once.
            if (_transport is not null) await _transport.Poller.SwitchTo();
            if (_stream is SslStream tls) await tls.ShutdownAsync().WaitAsync(stopping).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or OperationCanceledException)
        {
            Command((session, _) => session.TransportLost(e is IOException ? e.Message : "the connection was abandoned"));
        }
        catch (Exception e)
        {
            // A mistake of ours ends this session and no other; nobody else would notice that nothing is sent any more.
            Command((session, _) => session.TransportLost($"internal error: {e}"));
        }
    }
}
