using System.Net;
using SstpProtocol.Ppp;
using SstpProtocol.Ppp.Authentication;
using SstpProtocol.Sstp.CryptoBinding;

namespace SstpProtocol.Tests.Ppp;

/// <summary>
/// A <see cref="ServerLink"/> with the test in the place of the client. Packets are written out in hexadecimal.
/// </summary>
internal sealed class ServerBench
{
    public static readonly LinkAddresses Addresses = new(
        new Ipv4Assignment(
            Peer: IPAddress.Parse("10.9.0.7"),
            Gateway: IPAddress.Parse("10.9.0.1"),
            Dns: [IPAddress.Parse("10.9.0.1"), IPAddress.Parse("9.9.9.9")]),
        new Ipv6Assignment(GatewayInterfaceId: 1, PeerInterfaceId: 0x77));

    private readonly PppFrameQueue _output = new();

    public ServerBench(ServerLinkSettings? settings = null)
    {
        settings ??= new ServerLinkSettings { Methods = [AuthenticationMethod.Eap, AuthenticationMethod.MsChapV2] };
        Link = new ServerLink(
            settings,
            _output,
            method =>
            {
                Authenticators.Add(new ScriptedAuthenticator(_output, method));
                return Authenticators[^1];
            },
            new CountingRandom());
    }

    public ServerLink Link { get; }
    public MonotonicTime Now { get; private set; } = new(1_000_000);
    public List<ScriptedAuthenticator> Authenticators { get; } = [];

    /// <summary>Our end's first Configure-Request is out and has been looked at.</summary>
    public static ServerBench Started(ServerLinkSettings? settings = null)
    {
        var bench = new ServerBench(settings);
        bench.Link.Start(bench.Now);
        bench.Sent();
        return bench;
    }

    /// <param name="peerOptions">What the peer asked for, and got.</param>
    public static ServerBench LcpOpened(ServerLinkSettings? settings = null, string peerOptions = "05 06 AA BB CC DD")
    {
        var bench = new ServerBench(settings);
        bench.Link.Start(bench.Now);
        bench.AckTheRequest(PppProtocol.Lcp);
        bench.Receive(PppProtocol.Lcp, Packet(1, 1, peerOptions));
        bench.Sent();
        return bench;
    }

    public static ServerBench Authenticated(ServerLinkSettings? settings = null, string peerOptions = "05 06 AA BB CC DD")
    {
        var bench = LcpOpened(settings, peerOptions);
        bench.Receive(ScriptedAuthenticator.Protocol, "02 00 00 09 61 6C 69 63 65");
        bench.Link.Conclude(new AuthenticationVerdict.Accepted(HigherLayerKey.None, ""), bench.Now);
        bench.Sent();
        bench.Events();
        return bench;
    }

    /// <summary>IPCP and IPv6CP have sent their first requests, and those have been looked at.</summary>
    public static ServerBench Assigned(LinkAddresses? addresses = null, ServerLinkSettings? settings = null)
    {
        var bench = Authenticated(settings);
        bench.Link.AssignAddresses(addresses ?? Addresses, bench.Now);
        bench.Sent();
        return bench;
    }

    public static ServerBench Ipv4AndIpv6Opened()
    {
        var bench = Authenticated();
        bench.Link.AssignAddresses(Addresses, bench.Now);
        bench.AckTheRequest(PppProtocol.Ipcp, PppProtocol.Ipv6cp);
        bench.Receive(PppProtocol.Ipcp, "01 01 00 0A 03 06 0A 09 00 07");
        bench.Receive(PppProtocol.Ipv6cp, "01 01 00 0E 01 0A 00 00 00 00 00 00 00 77");
        bench.Sent();
        bench.Events();
        return bench;
    }

    /// <summary>A packet of LCP or an NCP with the right length.</summary>
    public static string Packet(byte code, byte identifier, string data)
    {
        var length = 4 + Hex.Bytes(data).Length;
        return $"{code:X2} {identifier:X2} {length >> 8:X2} {length & 0xFF:X2} {data}".TrimEnd();
    }

    public void Receive(PppProtocol protocol, string packet) => Link.Receive(protocol, Hex.Bytes(packet), Now);

    /// <summary>What was sent since this was last asked: protocol number, colon, packet.</summary>
    public List<string> Sent()
    {
        var sent = new List<string>();
        while (_output.TryDequeue(out var packet)) sent.Add($"{(ushort)packet.Protocol:X4}: {Hex.Text(packet.Payload.Span)}");
        return sent;
    }

    public List<LinkEvent> Events()
    {
        var events = new List<LinkEvent>();
        while (Link.TryTakeEvent(out var linkEvent)) events.Add(linkEvent);
        return events;
    }

    public LinkEnd End() => Assert.IsType<LinkEvent.Closed>(Events()[^1]).End;

    /// <summary>Goes from deadline to deadline, as a session's owner does.</summary>
    public void Advance(double seconds)
    {
        var until = Now + TimeSpan.FromSeconds(seconds);
        while (Link.NextDeadline is { } deadline && deadline <= until)
        {
            Now = deadline > Now ? deadline : Now;
            Link.Tick(Now);
        }

        Now = until;
    }

    /// <summary>Acknowledges the Configure-Requests in the queue.</summary>
    private void AckTheRequest(params PppProtocol[] protocols)
    {
        while (_output.TryDequeue(out var packet))
        {
            var bytes = packet.Payload.ToArray();
            if (!protocols.Contains(packet.Protocol) || bytes[0] != 1) continue;
            bytes[0] = 2;
            Link.Receive(packet.Protocol, bytes, Now);
        }
    }
}
