using Fuzz.Engine;
using SstpProtocol.Ppp;
using SstpProtocol.Ppp.Authentication;
using SstpProtocol.Sstp;
using SstpProtocol.Tests.Sessions;

namespace Fuzz;

/// <summary>
/// The seeds of sessions, links and authentication are what our own two ends say to each other; where that changes, they would
/// quietly become invalid and fuzz nothing but the first packet. FUZZ_RECORD=1 writes them anew.
/// </summary>
public sealed class RecordedCallsTests
{
    /// <summary>Whether to write what is compared.</summary>
    public static readonly bool Records = Environment.GetEnvironmentVariable("FUZZ_RECORD") == "1";

    public static TheoryData<AuthenticationMethod, string> Methods => new()
    {
        { AuthenticationMethod.Pap, "pap" },
        { AuthenticationMethod.ChapMd5, "chap" },
        { AuthenticationMethod.MsChapV2, "mschapv2" },
        { AuthenticationMethod.Eap, "eap" },
    };

    [Theory]
    [MemberData(nameof(Methods))]
    public void Seeds_are_what_the_two_ends_say_to_each_other(AuthenticationMethod method, string name)
    {
        // The target's end takes every method and the other one only: so the server's seeds go through the choice, too.
        AuthenticationMethod[] all =
        [
            AuthenticationMethod.Eap, AuthenticationMethod.MsChapV2, AuthenticationMethod.ChapMd5, AuthenticationMethod.Pap,
        ];
        Check("server-session", $"valid-{name}.hex", Connected(SessionPair.Silent(all, method)).SentByClient);
        Check("client-session", $"valid-{name}.hex", Connected(SessionPair.Silent([method], all)).SentByServer);

        // Nothing but authentication, and random numbers from their start, as the machine alone draws them.
        var (fromPeer, fromAuthenticator) = AuthenticationAlone(method);
        Check($"{name}-authenticator", "valid-log-in.hex", fromPeer);
        Check($"{name}-peer", "valid-log-in.hex", fromAuthenticator);
    }

    [Fact]
    public void Seeds_of_the_links_are_what_the_two_ends_say_to_each_other()
    {
        var (fromClient, fromServer) = LinksAlone();
        Check("ppp-server-link", "valid-both-networks.hex", fromClient);
        Check("ppp-client-link", "valid-both-networks.hex", fromServer);
    }

    private static SessionPair Connected(SessionPair pair)
    {
        pair.Run();
        Assert.True(pair.Server.Forwards(PppProtocol.Ipv4) && pair.Client.Forwards(PppProtocol.Ipv4), "the call did not come up");
        return pair;
    }

    private static void Check(string target, string file, IEnumerable<byte[]> packets)
    {
        byte[] expected = [.. packets.SelectMany(packet => packet)];
        var path = Path.Combine(Corpus.Folder(target), file);
        if (Records)
        {
            Directory.CreateDirectory(Corpus.Folder(target));
            File.WriteAllLines(path, packets.Select(Convert.ToHexStringLower));
        }

        var seed = Corpus.Load(target).Seeds.Single(seed => seed.File == file);
        Assert.True(
            expected.AsSpan().SequenceEqual(seed.Bytes), $"{target}/{file} is out of date; run this test with FUZZ_RECORD=1");
    }

    private static (List<byte[]> FromPeer, List<byte[]> FromAuthenticator) AuthenticationAlone(AuthenticationMethod method)
    {
        List<byte[]> fromPeer = [], fromAuthenticator = [];
        PppFrameQueue toPeer = new(), toAuthenticator = new();
        var authenticator = Parts.Authenticator(method, toPeer, new Targets.FixedRandom());
        var peer = Parts.Peer(
            method, new PeerCredentials(Parts.UserName, Parts.Password), toAuthenticator, new Targets.FixedRandom());
        authenticator.Start(default);
        peer.Start(default);
        while (toPeer.Count + toAuthenticator.Count > 0)
        {
            while (toPeer.TryDequeue(out var packet))
            {
                fromAuthenticator.Add(Framed(packet));
                peer.Receive(packet.Protocol, packet.Payload.Span, default);
            }

            while (toAuthenticator.TryDequeue(out var packet))
            {
                fromPeer.Add(Framed(packet));
                authenticator.Receive(packet.Protocol, packet.Payload.Span, default);
            }

            while (authenticator.TryTakeCredentials(out var credentials))
                authenticator.Conclude(Parts.Judge(credentials), default);
        }

        return (fromPeer, fromAuthenticator);
    }

    private static (List<byte[]> FromClient, List<byte[]> FromServer) LinksAlone()
    {
        List<byte[]> fromClient = [], fromServer = [];
        PppFrameQueue toServer = new(), toClient = new();
        var serverRandom = new Targets.FixedRandom();
        var clientRandom = new Targets.FixedRandom(first: 0x81); // two ends with one magic number would take the line for a loop
        var server = new ServerLink(
            new ServerLinkSettings { Methods = [AuthenticationMethod.Pap] }, toClient,
            method => Parts.Authenticator(method, toClient, serverRandom), serverRandom);
        var client = new ClientLink(
            new ClientLinkSettings { Methods = [AuthenticationMethod.Pap] }, toServer,
            method => Parts.Peer(method, new PeerCredentials(Parts.UserName, Parts.Password), toServer, clientRandom),
            clientRandom);
        server.Start(default);
        client.Start(default);
        while (toServer.Count + toClient.Count > 0)
        {
            while (toClient.TryDequeue(out var packet))
            {
                fromServer.Add(Framed(packet));
                client.Receive(packet.Protocol, packet.Payload.Span, default);
            }

            while (toServer.TryDequeue(out var packet))
            {
                fromClient.Add(Framed(packet));
                server.Receive(packet.Protocol, packet.Payload.Span, default);
            }

            while (server.TryTakeEvent(out var happened))
            {
                if (happened is LinkEvent.CredentialsOffered offered) server.Conclude(Parts.Judge(offered.Credentials), default);
                if (happened is LinkEvent.Authenticated) server.AssignAddresses(Parts.Addresses, default);
            }
        }

        Assert.True(server.Ipv4Open && server.Ipv6Open && client.Ipv4Open && client.Ipv6Open, "the links did not come up");
        return (fromClient, fromServer);
    }

    private static byte[] Framed(PppPacket packet)
    {
        var frame = new byte[SstpHeader.Size + PppFrame.HeaderSize + packet.Payload.Length];
        new SstpHeader(IsControl: false, frame.Length).Write(frame);
        PppFrame.WriteHeader(frame.AsSpan(SstpHeader.Size), packet.Protocol);
        packet.Payload.CopyTo(frame.AsMemory(SstpHeader.Size + PppFrame.HeaderSize));
        return frame;
    }
}
