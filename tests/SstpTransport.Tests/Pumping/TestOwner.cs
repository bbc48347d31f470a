using System.Collections.Concurrent;
using System.Threading.Channels;
using SstpProtocol;
using SstpProtocol.Ppp;
using SstpProtocol.Sessions;
using SstpProtocol.Tests.Sessions;
using SstpTransport.Pumping;

namespace SstpTransport.Tests.Pumping;

/// <summary>Whoever the session belongs to: says yes to alice, hands out the addresses, keeps what arrives.</summary>
internal sealed class TestOwner(Session session, MonotonicClock clock) : ISessionOwner
{
    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Channel<(PppProtocol Protocol, byte[] Packet)> _forwarded =
        Channel.CreateUnbounded<(PppProtocol Protocol, byte[] Packet)>();

    public ConcurrentQueue<SessionEvent> Events { get; } = new();

    /// <summary>Completes when the binding is verified and IPv4 and IPv6 are open.</summary>
    public Task Opened => _opened.Task;

    /// <summary>Runs for every event, before anything comes of it.</summary>
    public Action<SessionEvent>? OnEvent { get; set; }

    /// <summary>Runs for every packet, before it is kept.</summary>
    public Action? OnForward { get; set; }

    public bool Keeps { get; set; } = true;

    /// <summary>The next packet from the peer.</summary>
    public Task<(PppProtocol Protocol, byte[] Packet)> PacketAsync() => _forwarded.Reader.ReadAsync().AsTask();

    public bool HasPacket => _forwarded.Reader.TryPeek(out _);

    public void Apply(SessionEvent sessionEvent)
    {
        OnEvent?.Invoke(sessionEvent);
        Events.Enqueue(sessionEvent);
        if (session is ServerSession server)
        {
            if (sessionEvent is SessionEvent.CredentialsOffered offered)
                server.Conclude(Parts.Judge(offered.Credentials), clock.Now);
            if (sessionEvent is SessionEvent.Authenticated) server.AssignAddresses(Parts.Addresses, clock.Now);
        }

        if (session.Forwards(PppProtocol.Ipv4) && session.Forwards(PppProtocol.Ipv6)) _opened.TrySetResult();
    }

    public void Forward(PppProtocol protocol, Span<byte> packet)
    {
        OnForward?.Invoke();
        if (!Keeps) return;
        _forwarded.Writer.TryWrite((protocol, packet.ToArray()));
    }

    public void EndOfBatch()
    {
        // Nothing is held back here.
    }
}
