using SstpProtocol.Ppp;
using SstpProtocol.Ppp.Authentication;
using SstpProtocol.Sstp.CryptoBinding;

namespace SstpProtocol.Tests.Ppp;

/// <summary>Both ends of a link over a line with a delay, in virtual time. Frames cross it with their PPP header.</summary>
internal sealed class LinkPair
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(10);

    private readonly PppFrameQueue _fromServer = new();
    private readonly PppFrameQueue _fromClient = new();
    private readonly Queue<(MonotonicTime Due, byte[] Frame)> _toClient = new();
    private readonly Queue<(MonotonicTime Due, byte[] Frame)> _toServer = new();
    private readonly TimeSpan _delay;

    public LinkPair(ServerLinkSettings server, ClientLinkSettings client, TimeSpan delay)
    {
        _delay = delay;
        Server = new ServerLink(
            server, _fromServer, method => new ScriptedAuthenticator(_fromServer, method), new CountingRandom());
        Client = new ClientLink(
            client, _fromClient, method => new ScriptedPeer(_fromClient, method), new ReversedRandom());
        Server.Start(Now);
        Client.Start(Now);
    }

    public ServerLink Server { get; }
    public ClientLink Client { get; }
    public MonotonicTime Now { get; private set; }
    public List<LinkEvent> ServerEvents { get; } = [];
    public List<ClientLinkEvent> ClientEvents { get; } = [];

    /// <summary>What the test's user data base says of whoever comes.</summary>
    public AuthenticationVerdict Verdict { get; set; } = new AuthenticationVerdict.Accepted(HigherLayerKey.None, "");

    public void Run(double seconds)
    {
        for (var until = Now + TimeSpan.FromSeconds(seconds); Now < until; Now += Step)
        {
            Server.Tick(Now);
            Client.Tick(Now);
            TakeEvents();
            Carry(_fromServer, _toClient, Client.Receive);
            Carry(_fromClient, _toServer, Server.Receive);
            TakeEvents();
        }
    }

    private void TakeEvents()
    {
        while (Server.TryTakeEvent(out var happened))
        {
            ServerEvents.Add(happened);
            if (happened is LinkEvent.CredentialsOffered) Server.Conclude(Verdict, Now);
            if (happened is LinkEvent.Authenticated) Server.AssignAddresses(ServerBench.Addresses, Now);
        }

        while (Client.TryTakeEvent(out var happened)) ClientEvents.Add(happened);
    }

    private void Carry(PppFrameQueue from, Queue<(MonotonicTime Due, byte[] Frame)> line, Deliver receive)
    {
        while (from.TryDequeue(out var packet))
        {
            var frame = new byte[PppFrame.HeaderSize + packet.Payload.Length];
            PppFrame.WriteHeader(frame, packet.Protocol);
            packet.Payload.CopyTo(frame.AsMemory(PppFrame.HeaderSize));
            line.Enqueue((Now + _delay, frame));
        }

        while (line.TryPeek(out var head) && head.Due <= Now)
        {
            line.Dequeue();
            Assert.True(PppFrame.TryRead(head.Frame, out var protocol, out var payloadOffset));
            receive(protocol, head.Frame.AsSpan(payloadOffset), Now);
        }
    }

    private delegate void Deliver(PppProtocol protocol, ReadOnlySpan<byte> packet, MonotonicTime now);
}
