using SstpProtocol.Ppp;
using SstpProtocol.Ppp.Authentication;
using SstpProtocol.Ppp.Authentication.Chap;
using SstpProtocol.Sstp.CryptoBinding;

namespace SstpProtocol.Tests.Ppp.Authentication.Chap;

public class ChapMd5Tests
{
    [Fact] // Computed with Python's hashlib: md5(2A || "secret" || 01..10).
    public void Hashes_identifier_password_and_challenge_in_that_order()
    {
        var response = new byte[16];

        ChapMd5.Respond(0x2A, "secret"u8, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16], response);

        Assert.Equal("369C0F1058BDF0A73BAB4EFBB952EA2B", Convert.ToHexString(response));
    }

    [Theory]
    [InlineData("secret", AuthenticatorState.Succeeded)]
    [InlineData("other", AuthenticatorState.Failed)]
    public void Ends_as_the_password_deserves_at_both_ends(string password, AuthenticatorState expected)
    {
        var pair = new EndToEnd(
            output => new ChapMd5Authenticator(new AuthenticatorSettings(), output, new ScriptedRandomBytes()),
            output => new ChapMd5Peer(new PeerCredentials("alice", password), output));

        var (server, client) = pair.Run(Judge);

        Assert.Equal(expected, server.State);
        Assert.Equal(expected, client.State);
        Assert.Equal("alice", server.PeerName);
        Assert.Equal(HigherLayerKey.None.Octets.ToArray(), client.Key.Octets.ToArray());
    }

    [Fact]
    public void Has_no_second_try()
    {
        var exchange = new Exchange(
            PppProtocol.Chap, output => new ChapMd5Authenticator(new AuthenticatorSettings(), output, new ScriptedRandomBytes()));
        var identifier = exchange.NextSent()[1];
        exchange.Receive(2, identifier, ChapValue.Create(new byte[16], "alice"u8));
        exchange.TakeCredentials<Credentials.ChapMd5>();

        exchange.Conclude(Exchange.WrongPassword);

        Assert.Equal(AuthenticatorState.Failed, exchange.Authenticator.State);
        Assert.Equal("no", exchange.NextSentText(4));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(15)]
    [InlineData(17)]
    [InlineData(49)]
    public void Ignores_a_response_of_another_size(int size)
    {
        var exchange = new Exchange(
            PppProtocol.Chap, output => new ChapMd5Authenticator(new AuthenticatorSettings(), output, new ScriptedRandomBytes()));
        var identifier = exchange.NextSent()[1];

        exchange.Receive(2, identifier, ChapValue.Create(new byte[size], "alice"u8));

        exchange.AssertNothingOffered();
    }

    [Fact]
    public void Answers_a_challenge_that_comes_after_the_success()
    {
        var output = new PppFrameQueue();
        var peer = new ChapMd5Peer(new PeerCredentials("alice", "secret"), output);
        var challenge = ChapValue.Create(new byte[16], "server"u8);
        peer.Receive(PppProtocol.Chap, AuthenticationPacket.Create(1, 5, challenge), default);
        peer.Receive(PppProtocol.Chap, AuthenticationPacket.Create(3, 5, []), default);
        Assert.Equal(AuthenticatorState.Succeeded, peer.State);

        peer.Receive(PppProtocol.Chap, AuthenticationPacket.Create(1, 6, challenge), default);

        Assert.Equal(2, output.Count);
    }

    private static AuthenticationVerdict Judge(Credentials credentials)
    {
        var offered = Assert.IsType<Credentials.ChapMd5>(credentials);
        Span<byte> expected = stackalloc byte[16];
        ChapMd5.Respond(offered.Identifier, "secret"u8, offered.Challenge.Span, expected);
        return expected.SequenceEqual(offered.Response.Span)
            ? new AuthenticationVerdict.Accepted(HigherLayerKey.None, "")
            : new AuthenticationVerdict.Rejected(RejectionReason.AuthenticationFailure, "no", MayRetry: true);
    }
}
