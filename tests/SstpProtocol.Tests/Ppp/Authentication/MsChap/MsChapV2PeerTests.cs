using SstpProtocol.Ppp;
using SstpProtocol.Ppp.Authentication;
using SstpProtocol.Ppp.Authentication.Chap;
using SstpProtocol.Ppp.Authentication.MsChap;
using SstpProtocol.Sstp.CryptoBinding;

namespace SstpProtocol.Tests.Ppp.Authentication.MsChap;

public class MsChapV2PeerTests
{
    // RFC 2759 9.2
    private static readonly byte[] s_challenge = Convert.FromHexString("5B5D7C7D7B3F2F3E3C2C602132262628");
    private static readonly byte[] s_peerChallenge = Convert.FromHexString("21402324255E262A28295F2B3A337C7E");

    private readonly PppFrameQueue _output = new();
    private readonly MsChapV2Peer _peer;

    public MsChapV2PeerTests() =>
        _peer = new MsChapV2Peer(new PeerCredentials("User", "clientPass"), _output, new ScriptedRandomBytes(s_peerChallenge));

    [Fact]
    public void Answers_the_challenge_of_the_RFC_with_its_response()
    {
        Challenge(5);

        var packet = "0205003A31" + "21402324255E262A28295F2B3A337C7E" + "0000000000000000"
            + "82309ECD8D708B5EA08FAA3981CD83544233114A3D85D6DF" + "00" + "55736572";
        Assert.Equal(packet, NextSent());
    }

    [Fact]
    public void Believes_the_proof_of_the_RFC_and_has_its_keys()
    {
        Challenge(5);
        Receive(3, 5, "S=407A5589115FD0D6209F510FE9C04566932CDA56 M=Welcome");

        Assert.Equal(AuthenticatorState.Succeeded, _peer.State);
        Assert.Equal("D5F0E9521E3EA9589645E86051C822268B7CDC149B993A1BA118CB153F56DCCB", Convert.ToHexString(_peer.Key.Octets));
    }

    [Theory]
    [InlineData("")]
    [InlineData("Welcome")]
    [InlineData("S=407A5589115FD0D6209F510FE9C04566932CDA57")]
    [InlineData("S=407a5589115fd0d6209f510fe9c04566932cda56")]
    [InlineData("S=407A5589115FD0D6209F510FE9C04566932CDA5")]
    public void Fails_when_the_server_does_not_prove_itself(string message)
    {
        Challenge(5);
        Receive(3, 5, message);

        Assert.Equal(AuthenticatorState.Failed, _peer.State);
        Assert.Same(HigherLayerKey.None, _peer.Key);
    }

    [Fact]
    public void Gives_a_repeated_challenge_the_answer_it_had()
    {
        Challenge(5);
        Challenge(5);

        Assert.Equal(NextSent(), NextSent());
    }

    [Fact]
    public void Believes_no_success_before_it_has_answered()
    {
        Receive(3, 0, "S=407A5589115FD0D6209F510FE9C04566932CDA56");

        Assert.Equal(AuthenticatorState.InProgress, _peer.State);
    }

    [Fact]
    public void Tells_the_user_what_the_error_code_means()
    {
        Challenge(5);
        Receive(4, 5, "E=647 R=0 C=00000000000000000000000000000000 V=3 M=ask Bob");

        Assert.Equal("the account is disabled (error 647: ask Bob)", _peer.FailureMessage);
    }

    [Theory]
    [InlineData("User", "clientPass", AuthenticatorState.Succeeded)]
    [InlineData(@"DOMAIN\User", "clientPass", AuthenticatorState.Succeeded)]
    [InlineData("User@example.org", "clientPass", AuthenticatorState.Succeeded)]
    [InlineData("Jürgen", "clientPass", AuthenticatorState.Succeeded)]
    [InlineData("User", "other", AuthenticatorState.Failed)]
    [InlineData("User", "", AuthenticatorState.Failed)]
    public void Ends_as_the_password_deserves_at_both_ends(string name, string password, AuthenticatorState expected)
    {
        var pair = new EndToEnd(
            output => new MsChapV2Authenticator(new AuthenticatorSettings(), output, new ScriptedRandomBytes()),
            output => new MsChapV2Peer(new PeerCredentials(name, password), output, new ScriptedRandomBytes(s_peerChallenge)));

        var (server, client) = pair.Run(credentials => EndToEnd.JudgeMsChapV2(credentials, "clientPass"));

        Assert.Equal(expected, server.State);
        Assert.Equal(expected, client.State);
        if (server.Outcome is AuthenticationVerdict.Accepted accepted)
            Assert.Equal(accepted.Key.Octets.ToArray(), client.Key.Octets.ToArray());
    }

    private void Challenge(byte identifier) => _peer.Receive(
        PppProtocol.Chap,
        AuthenticationPacket.Create((byte)ChapCode.Challenge, identifier, ChapValue.Create(s_challenge, "gw"u8)), default);

    private void Receive(byte code, byte identifier, string message) =>
        _peer.Receive(PppProtocol.Chap, AuthenticationPacket.Create(code, identifier, PeerEncoding.Encode(message)), default);

    private string NextSent()
    {
        Assert.True(_output.TryDequeue(out var packet));
        return Convert.ToHexString(packet.Payload.Span);
    }
}
