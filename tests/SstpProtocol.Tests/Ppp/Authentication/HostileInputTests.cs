using SstpProtocol.Ppp;
using SstpProtocol.Ppp.Authentication;
using SstpProtocol.Ppp.Authentication.Chap;
using SstpProtocol.Ppp.Authentication.Eap;
using SstpProtocol.Ppp.Authentication.MsChap;
using SstpProtocol.Ppp.Authentication.Pap;
using SstpProtocol.Sstp.CryptoBinding;

namespace SstpProtocol.Tests.Ppp.Authentication;

/// <summary>Random octets, and well-formed packets with a few octets changed, into everything that receives.
/// Seeded: every run is the same.</summary>
public class HostileInputTests
{
    private const int Machines = 300;
    private const int PacketsEach = 40;

    private static readonly AuthenticatorSettings s_settings = new();
    private static readonly PeerCredentials s_alice = new("alice", "secret");

    private static readonly string[] s_kinds = ["pap", "chapMd5", "msChapV2", "eap"];

    public static TheoryData<string> Authenticators => new(s_kinds);

    [Theory]
    [MemberData(nameof(Authenticators))]
    public void No_packet_makes_an_authenticator_throw_or_succeed_unasked(string kind)
    {
        var random = new Random(1);
        for (var machine = 0; machine < Machines; machine++)
        {
            var output = new PppFrameQueue();
            var (protocol, authenticator) = CreateAuthenticator(kind, output);
            var now = new MonotonicTime(0);
            authenticator.Start(now);
            for (var i = 0; i < PacketsEach; i++)
            {
                authenticator.Receive(protocol, NextPacket(random, output), now);
                if (random.Next(8) == 0) authenticator.Tick(now += TimeSpan.FromSeconds(random.Next(4)));
                if (!authenticator.TryTakeCredentials(out var credentials)) continue;
                Assert.NotNull(credentials.UserName);
                if (random.Next(2) == 0)
                    authenticator.Conclude(
                        new AuthenticationVerdict.Rejected(RejectionReason.AuthenticationFailure, "no", true), now);
            }

            Assert.NotEqual(AuthenticatorState.Succeeded, authenticator.State);
            Assert.Equal(authenticator.State == AuthenticatorState.InProgress, authenticator.Outcome is null);
        }
    }

    [Theory]
    [MemberData(nameof(Authenticators))]
    public void No_packet_makes_a_peer_throw(string kind)
    {
        var random = new Random(2);
        for (var machine = 0; machine < Machines; machine++)
        {
            var output = new PppFrameQueue();
            var (protocol, peer) = CreatePeer(kind, output);
            var now = new MonotonicTime(0);
            peer.Start(now);
            for (var i = 0; i < PacketsEach; i++)
            {
                peer.Receive(protocol, NextPacket(random, output), now);
                if (random.Next(8) == 0) peer.Tick(now += TimeSpan.FromSeconds(random.Next(4)));
            }

            // PAP and CHAP with MD5 cannot tell a server from anybody; the others must not be taken in.
            if (kind is "msChapV2" or "eap") Assert.NotEqual(AuthenticatorState.Succeeded, peer.State);
        }
    }

    [Fact]
    public void Every_prefix_of_every_packet_of_a_whole_exchange_is_harmless()
    {
        foreach (var packet in WellFormed)
        {
            for (var length = 0; length <= packet.Length; length++)
            {
                foreach (var kind in s_kinds)
                {
                    var (protocol, authenticator) = CreateAuthenticator(kind, new PppFrameQueue());
                    authenticator.Start(default);
                    authenticator.Receive(protocol, packet.AsSpan(0, length), default);
                    Assert.NotEqual(AuthenticatorState.Succeeded, authenticator.State);

                    var (_, peer) = CreatePeer(kind, new PppFrameQueue());
                    peer.Start(default);
                    peer.Receive(protocol, packet.AsSpan(0, length), default);
                    Assert.Same(HigherLayerKey.None, peer.Key);
                }
            }
        }
    }

    private static byte[][] WellFormed { get; } =
    [
        AuthenticationPacket.Create(1, 1, PapRequest.Create("alice"u8, "secret"u8)),
        AuthenticationPacket.Create(2, 1, [0]),
        AuthenticationPacket.Create(1, 1, ChapValue.Create(new byte[16], "gw"u8)),
        AuthenticationPacket.Create(2, 1, ChapValue.Create(new byte[16], "alice"u8)),
        AuthenticationPacket.Create(2, 1, MsChapV2Response.Create(new byte[16], new byte[24], "alice"u8)),
        AuthenticationPacket.Create(3, 1, "S=407A5589115FD0D6209F510FE9C04566932CDA56"u8),
        AuthenticationPacket.Create(4, 1, "E=691 R=1 C=00000000000000000000000000000000 V=3 M=no"u8),
        AuthenticationPacket.Create(7, 1, new byte[582]),
        AuthenticationPacket.Create(1, 1, [1]),
        AuthenticationPacket.Create(2, 1, [1, .. "alice"u8]),
        AuthenticationPacket.Create(2, 1, [3, 13, 25, 26]),
        AuthenticationPacket.Create(
            1, 2, [26, .. EapMsChapV2Packet.Create(EapMsChapV2OpCode.Challenge, 2, ChapValue.Create(new byte[16], "gw"u8))]),
        AuthenticationPacket.Create(2, 2, [26, .. EapMsChapV2Packet.Create(
            EapMsChapV2OpCode.Response, 2, MsChapV2Response.Create(new byte[16], new byte[24], "alice"u8))]),
        AuthenticationPacket.Create(
            1, 3,
            [26, .. EapMsChapV2Packet.Create(EapMsChapV2OpCode.Success, 2, "S=407A5589115FD0D6209F510FE9C04566932CDA56"u8)]),
        AuthenticationPacket.Create(2, 3, [26, 3]),
        AuthenticationPacket.Create(2, 3, [26, 4]),
        AuthenticationPacket.Create(2, 2, [26, .. EapMsChapV2Packet.Create(EapMsChapV2OpCode.ChangePassword, 2, new byte[582])]),
    ];

    // Under the identifier that the machine last used, most of the time: else nothing gets past the first check.
    private static byte[] NextPacket(Random random, PppFrameQueue output)
    {
        byte? identifier = null;
        while (output.TryDequeue(out var sent)) identifier = sent.Payload.Span[1];

        byte[] packet;
        if (random.Next(3) == 0)
        {
            packet = new byte[random.Next(80)];
            random.NextBytes(packet);
        }
        else
        {
            packet = [.. WellFormed[random.Next(WellFormed.Length)]];
            for (var changes = random.Next(4); changes > 0; changes--)
                packet[random.Next(packet.Length)] = (byte)random.Next(256);
        }

        if (packet.Length > 1 && identifier is { } last && random.Next(4) != 0) packet[1] = last;
        return packet;
    }

    private static (PppProtocol Protocol, Authenticator Authenticator) CreateAuthenticator(string kind, PppFrameQueue output) =>
        kind switch
        {
            "pap" => (PppProtocol.Pap, new PapAuthenticator(s_settings, output)),
            "chapMd5" => (PppProtocol.Chap, new ChapMd5Authenticator(s_settings, output, new ScriptedRandomBytes())),
            "msChapV2" => (PppProtocol.Chap, new MsChapV2Authenticator(s_settings, output, new ScriptedRandomBytes())),
            _ => (PppProtocol.Eap, EapAuthenticator.WithMsChapV2(s_settings, output, new ScriptedRandomBytes())),
        };

    private static (PppProtocol Protocol, AuthenticatingPeer Peer) CreatePeer(string kind, PppFrameQueue output) => kind switch
    {
        "pap" => (PppProtocol.Pap, new PapPeer(s_alice, output)),
        "chapMd5" => (PppProtocol.Chap, new ChapMd5Peer(s_alice, output)),
        "msChapV2" => (PppProtocol.Chap, new MsChapV2Peer(s_alice, output, new ScriptedRandomBytes())),
        _ => (PppProtocol.Eap, EapPeer.WithMsChapV2(s_alice, output, new ScriptedRandomBytes())),
    };
}
