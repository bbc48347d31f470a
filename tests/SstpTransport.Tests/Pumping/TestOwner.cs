using System.Collections.Concurrent;
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
    private readonly SemaphoreSlim _arrived = new(0);

    public ConcurrentQueue<(PppProtocol Protocol, byte[] Packet)> Forwarded { get; } = new();

    public ConcurrentQueue<SessionEvent> Events { get; } = new();

    /// <summary>Completes when the binding is verified and IPv4 and IPv6 are open.</summary>
    public Task Opened => _opened.Task;

    /// <summary>Runs for every packet, before it is kept.</summary>
    public Action? OnForward { get; set; }

    public bool Keeps { get; set; } = true;

    public Task PacketAsync() => _arrived.WaitAsync();

    public void Apply(SessionEvent sessionEvent)
    {
        Events.Enqueue(sessionEvent);
        if (session is ServerSession server)
        {
            if (sessionEvent is SessionEvent.CredentialsOffered offered) server.Conclude(Parts.Judge(offered.Credentials), clock.Now);
            if (sessionEvent is SessionEvent.Authenticated) server.AssignAddresses(Parts.Addresses, clock.Now);
        }

        if (session.Forwards(PppProtocol.Ipv4) && session.Forwards(PppProtocol.Ipv6)) _opened.TrySetResult();
    }

    public void Forward(PppProtocol protocol, Span<byte> packet)
    {
        OnForward?.Invoke();
        if (!Keeps) return;
        Forwarded.Enqueue((protocol, packet.ToArray()));
        _arrived.Release();
    }
}
