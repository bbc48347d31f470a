using SstpProtocol.Ppp;
using SstpProtocol.Ppp.Authentication;
using SstpProtocol.Ppp.Authentication.Chap;
using SstpProtocol.Ppp.Authentication.Eap;
using SstpProtocol.Sstp.CryptoBinding;

namespace SstpProtocol.Tests.Ppp.Authentication.Eap;

public class EapPeerTests
{
    // RFC 2759 9.2
    private static readonly byte[] s_challenge = Convert.FromHexString("5B5D7C7D7B3F2F3E3C2C602132262628");
    private static readonly byte[] s_peerChallenge = Convert.FromHexString("21402324255E262A28295F2B3A337C7E");
    private static readonly byte[] s_proof = "S=407A5589115FD0D6209F510FE9C04566932CDA56"u8.ToArray();

    private readonly PppFrameQueue _output = new();
    private readonly EapPeer _peer;

    public EapPeerTests() =>
        _peer = EapPeer.WithMsChapV2(
            new PeerCredentials("User", "clientPass"), _output, new ScriptedRandomBytes(s_peerChallenge));

    [Fact]
    public void Says_who_it_is()
    {
        Request(1, 1);

        Assert.Equal("02010009" + "01" + "55736572", NextSent());
    }

    [Fact]
    public void Has_the_keys_of_the_RFC_after_its_exchange()
    {
        Challenge(2);
        Assert.Equal(
            "0202003F" + "1A" + "0202003A" + "31" + Convert.ToHexString(s_peerChallenge) + "0000000000000000"
            + "82309ECD8D708B5EA08FAA3981CD83544233114A3D85D6DF" + "00" + "55736572",
            NextSent());

        Request(3, [26, .. EapMsChapV2Packet.Create(EapMsChapV2OpCode.Success, 2, s_proof)]);
        Assert.Equal("02030006" + "1A" + "03", NextSent());
        Assert.Equal(AuthenticatorState.InProgress, _peer.State);

        Receive(3, 3);
        Assert.Equal(AuthenticatorState.Succeeded, _peer.State);
        Assert.Equal("D5F0E9521E3EA9589645E86051C822268B7CDC149B993A1BA118CB153F56DCCB", Convert.ToHexString(_peer.Key.Octets));
    }

    [Fact]
    public void Believes_no_success_before_the_server_has_proven_itself()
    {
        Challenge(2);
        Receive(3, 2);

        Assert.Equal(AuthenticatorState.InProgress, _peer.State);
        Assert.Same(HigherLayerKey.None, _peer.Key);
    }

    [Fact]
    public void Declines_a_wrong_proof()
    {
        Challenge(2);
        NextSent();
        var wrong = s_proof.ToArray();
        wrong[^1] ^= 1;

        Request(3, [26, .. EapMsChapV2Packet.Create(EapMsChapV2OpCode.Success, 2, wrong)]);
        Assert.Equal("02030006" + "1A" + "04", NextSent());
        Receive(3, 3);
        Assert.Equal(AuthenticatorState.InProgress, _peer.State);
        Receive(4, 3);

        Assert.Equal(AuthenticatorState.Failed, _peer.State);
        Assert.Contains("proof", _peer.FailureMessage, StringComparison.Ordinal);
    }

    [Fact]
    public void Gives_a_repeated_request_the_answer_it_had()
    {
        Challenge(2);
        Challenge(2);

        Assert.Equal(NextSent(), NextSent());
    }

    [Fact]
    public void Names_its_methods_when_it_is_asked_for_another()
    {
        Request(2, 13, 0x20);

        Assert.Equal("02020006" + "03" + "1A", NextSent());
    }

    [Fact]
    public void Acknowledges_a_notification()
    {
        Request(2, [2, .. "hello"u8]);

        Assert.Equal("02020005" + "02", NextSent());
    }

    [Fact]
    public void Answers_nothing_that_makes_no_sense()
    {
        Request(2, 3, 26);
        Request(3, 26);
        Request(4, 26, 1, 4, 0, 5, 16);
        Request(5, [26, .. EapMsChapV2Packet.Create(EapMsChapV2OpCode.Success, 2, s_proof)]);

        Assert.Equal(0, _output.Count);
    }

    [Theory]
    [InlineData("clientPass", AuthenticatorState.Succeeded)]
    [InlineData("other", AuthenticatorState.Failed)]
    public void Ends_as_the_password_deserves_at_both_ends(string password, AuthenticatorState expected)
    {
        var pair = new EndToEnd(
            output => EapAuthenticator.WithMsChapV2(new AuthenticatorSettings(), output, new ScriptedRandomBytes()),
            output => EapPeer.WithMsChapV2(
                new PeerCredentials(@"DOMAIN\User", password), output, new ScriptedRandomBytes(s_peerChallenge)));

        var (server, client) = pair.Run(credentials => EndToEnd.JudgeMsChapV2(credentials, "clientPass"));

        Assert.Equal(expected, server.State);
        Assert.Equal(expected, client.State);
        if (server.Outcome is AuthenticationVerdict.Accepted accepted)
            Assert.Equal(accepted.Key.Octets.ToArray(), client.Key.Octets.ToArray());
        else Assert.Equal("user name or password is wrong (error 691: no)", client.FailureMessage);
    }

    private void Challenge(byte identifier) => Request(
        identifier,
        [26, .. EapMsChapV2Packet.Create(EapMsChapV2OpCode.Challenge, identifier, ChapValue.Create(s_challenge, "gw"u8))]);

    private void Request(byte identifier, params byte[] data) => Receive(1, identifier, data);

    private void Receive(byte code, byte identifier, params byte[] data) =>
        _peer.Receive(PppProtocol.Eap, AuthenticationPacket.Create(code, identifier, data), default);

    private string NextSent()
    {
        Assert.True(_output.TryDequeue(out var packet));
        return Convert.ToHexString(packet.Payload.Span);
    }
}
