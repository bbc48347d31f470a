using SstpProtocol.Ppp;
using SstpProtocol.Ppp.Authentication;

namespace SstpProtocol.Tests.Ppp;

/// <summary>
/// A <see cref="ClientLink"/> with the test in the place of the server. Packets are written out in hexadecimal.
/// </summary>
internal sealed class ClientBench
{
    private readonly PppFrameQueue _output = new();

    public ClientBench(ClientLinkSettings? settings = null)
    {
        settings ??= new ClientLinkSettings { Methods = [AuthenticationMethod.Eap, AuthenticationMethod.MsChapV2] };
        Link = new ClientLink(
            settings,
            _output,
            method =>
            {
                Peers.Add(new ScriptedPeer(_output, method));
                return Peers[^1];
            },
            new CountingRandom());
        Link.Start(Now);
    }

    public ClientLink Link { get; }
    public MonotonicTime Now { get; private set; } = new(5_000);
    public List<ScriptedPeer> Peers { get; } = [];

    /// <param name="serverOptions">What the server asked for, and got.</param>
    public static ClientBench LcpOpened(ClientLinkSettings? settings = null, string serverOptions = "03 04 C2 27")
    {
        var bench = new ClientBench(settings);
        bench.Receive(PppProtocol.Lcp, "02 01 00 0E 01 04 0F F7 05 06 01 01 01 01");
        bench.Receive(PppProtocol.Lcp, ServerBench.Packet(1, 1, serverOptions));
        bench.Sent();
        return bench;
    }

    public static ClientBench Authenticated(ClientLinkSettings? settings = null)
    {
        var bench = LcpOpened(settings);
        bench.Receive(ScriptedAuthenticator.Protocol, "01 00 00 04");
        bench.Receive(ScriptedAuthenticator.Protocol, "03 00 00 04");
        bench.Events();
        return bench;
    }

    public void Receive(PppProtocol protocol, string packet) => Link.Receive(protocol, Hex.Bytes(packet), Now);

    /// <summary>What was sent since this was last asked: protocol number, colon, packet.</summary>
    public List<string> Sent()
    {
        var sent = new List<string>();
        while (_output.TryDequeue(out var packet)) sent.Add($"{(ushort)packet.Protocol:X4}: {Hex.Text(packet.Payload.Span)}");
        return sent;
    }

    public List<ClientLinkEvent> Events()
    {
        var events = new List<ClientLinkEvent>();
        while (Link.TryTakeEvent(out var linkEvent)) events.Add(linkEvent);
        return events;
    }

    public LinkEnd End() => Assert.IsType<ClientLinkEvent.Closed>(Events()[^1]).End;

    public void Advance(double seconds)
    {
        Now += TimeSpan.FromSeconds(seconds);
        Link.Tick(Now);
    }
}
