using System.Text;
using SstpProtocol.Ppp;
using SstpProtocol.Ppp.Authentication;
using SstpProtocol.Ppp.Authentication.Eap;
using SstpProtocol.Ppp.Authentication.MsChap;
using SstpProtocol.Sstp.CryptoBinding;

namespace SstpProtocol.Tests.Ppp.Authentication.Eap;

public class EapAuthenticatorTests
{
    private const byte Request = 1;
    private const byte Response = 2;
    private const byte Success = 3;
    private const byte Failure = 4;
    private const byte FirstIdentifier = 0x10;

    // RFC 2759 9.2
    private static readonly byte[] s_challenge = Convert.FromHexString("5B5D7C7D7B3F2F3E3C2C602132262628");
    private static readonly byte[] s_peerChallenge = Convert.FromHexString("21402324255E262A28295F2B3A337C7E");
    private static readonly byte[] s_ntResponse = Convert.FromHexString("82309ECD8D708B5EA08FAA3981CD83544233114A3D85D6DF");

    private static readonly AuthenticatorSettings s_settings = new() { ServerName = "gw" };
    private static readonly AuthenticationVerdict.Accepted s_accepted =
        new(HigherLayerKey.None, "S=407A5589115FD0D6209F510FE9C04566932CDA56 M=OK");

    private readonly Exchange _exchange = new(
        PppProtocol.Eap,
        output => EapAuthenticator.WithMsChapV2(s_settings, output, new ScriptedRandomBytes([FirstIdentifier], s_challenge)));

    [Fact]
    public void Asks_who_is_there_first()
    {
        Assert.Equal([Request, FirstIdentifier, 0, 5, 1], _exchange.NextSent());
    }

    [Fact]
    public void Takes_the_road_that_pppd_and_Windows_take()
    {
        _exchange.NextSent();
        _exchange.Receive(Convert.FromHexString("02100009" + "01" + "55736572"));
        Assert.Equal("User", _exchange.Authenticator.PeerName);

        // Challenge: opcode 1, id, length 23, value size 16, challenge, "gw".
        Assert.Equal(
            "0111001C" + "1A" + "01110017" + "10" + Convert.ToHexString(s_challenge) + "6777",
            Convert.ToHexString(_exchange.NextSent()));

        // Response: opcode 2, id, length 58, value size 49.
        _exchange.Receive(Convert.FromHexString(
            "0211003F" + "1A" + "0211003A" + "31" + Convert.ToHexString(s_peerChallenge) + "0000000000000000"
            + Convert.ToHexString(s_ntResponse) + "00" + "55736572"));
        var offered = _exchange.TakeCredentials<Credentials.MsChapV2>();
        Assert.Equal("User", offered.UserName);
        Assert.Equal(s_challenge, offered.AuthenticatorChallenge.ToArray());
        Assert.Equal(s_peerChallenge, offered.PeerChallenge.ToArray());
        Assert.Equal(s_ntResponse, offered.NtResponse.ToArray());
        Assert.True(offered.InsideEap);

        // Success request: opcode 3 under the response's id, and a length that covers the message.
        _exchange.Conclude(s_accepted);
        Assert.Equal(
            "01120038" + "1A" + "03110033" + Convert.ToHexString(Encoding.ASCII.GetBytes(s_accepted.Message)),
            Convert.ToHexString(_exchange.NextSent()));
        Assert.Equal(AuthenticatorState.InProgress, _exchange.Authenticator.State);

        _exchange.Receive(Response, 0x12, 26, 3);
        Assert.Equal([Success, 0x12, 0, 4], _exchange.NextSent());
        Assert.Equal(AuthenticatorState.Succeeded, _exchange.Authenticator.State);
        Assert.Same(s_accepted, _exchange.Authenticator.Outcome);
    }

    [Fact]
    public void Fails_when_the_peer_does_not_believe_the_proof()
    {
        Respond();
        _exchange.Conclude(s_accepted);
        var identifier = _exchange.NextSent()[1];

        _exchange.Receive(Response, identifier, 26, 4);

        Assert.Equal([Failure, identifier, 0, 4], _exchange.NextSent());
        Assert.Equal(AuthenticatorState.Failed, _exchange.Authenticator.State);
        Assert.IsType<AuthenticationVerdict.Rejected>(_exchange.Authenticator.Outcome);
    }

    [Fact]
    public void Repeats_the_success_request_until_it_is_acknowledged()
    {
        Respond();
        _exchange.Conclude(s_accepted);
        var request = _exchange.NextSent();

        _exchange.Advance(3);

        Assert.Equal(request, _exchange.NextSent());
    }

    [Fact]
    public void Counts_a_peer_that_never_acknowledges_the_proof_as_gone()
    {
        Respond();
        _exchange.Conclude(s_accepted);

        _exchange.Advance(18);

        Assert.Equal(AuthenticatorState.TimedOut, _exchange.Authenticator.State);
        Assert.IsType<AuthenticationVerdict.Rejected>(_exchange.Authenticator.Outcome);
    }

    [Fact]
    public void Lets_the_user_try_again_under_a_new_challenge()
    {
        Respond();
        _exchange.Conclude(Exchange.WrongPassword);
        var packet = _exchange.NextSent();
        Assert.Equal([26, 4], packet[4..6]);
        var message = Encoding.ASCII.GetString(packet[9..]);
        Assert.Matches("^E=691 R=1 C=[0-9A-F]{32} V=3 M=no$", message);

        _exchange.Receive(Response, packet[1], [26, .. EapMsChapV2Packet.Create(EapMsChapV2OpCode.Response, packet[6], Answer)]);

        var offered = _exchange.TakeCredentials<Credentials.MsChapV2>();
        Assert.Equal(message.Substring("E=691 R=1 C=".Length, 32), Convert.ToHexString(offered.AuthenticatorChallenge.Span));
        _exchange.Conclude(s_accepted);
        _exchange.Receive(Response, _exchange.NextSent()[1], 26, 3);
        Assert.Equal(AuthenticatorState.Succeeded, _exchange.Authenticator.State);
    }

    [Fact]
    public void Does_not_repeat_a_question_that_a_person_answers()
    {
        Respond();
        _exchange.Conclude(Exchange.WrongPassword);
        _exchange.NextSent();

        _exchange.Advance(59.9);
        _exchange.AssertNothingSent();
        _exchange.Advance(0.1);

        Assert.Equal(AuthenticatorState.TimedOut, _exchange.Authenticator.State);
    }

    [Fact]
    public void Ends_when_the_peer_declines_another_try_as_pppd_does()
    {
        Respond();
        _exchange.Conclude(Exchange.WrongPassword);

        _exchange.Receive(Response, _exchange.NextSent()[1], 26, 4);

        Assert.Equal(Failure, _exchange.NextSent()[0]);
        Assert.Equal(AuthenticatorState.Failed, _exchange.Authenticator.State);
        Assert.Same(Exchange.WrongPassword, _exchange.Authenticator.Outcome);
    }

    [Fact]
    public void Ends_after_the_last_retry()
    {
        Respond();
        for (var retry = 0; retry < s_settings.MaxMsChapRetries; retry++)
        {
            _exchange.Conclude(Exchange.WrongPassword);
            var prompt = _exchange.NextSent();
            _exchange.Receive(
                Response, prompt[1], [26, .. EapMsChapV2Packet.Create(EapMsChapV2OpCode.Response, prompt[6], Answer)]);
            _exchange.TakeCredentials<Credentials.MsChapV2>();
        }

        _exchange.Conclude(Exchange.WrongPassword);

        Assert.StartsWith("E=691 R=0 ", _exchange.NextSentText(9), StringComparison.Ordinal);
    }

    [Fact]
    public void Says_failure_as_soon_as_the_peer_acknowledges_the_refusal()
    {
        Respond();
        _exchange.Conclude(Exchange.WrongPassword with { MayRetry = false });
        var request = _exchange.NextSent();
        Assert.Equal(AuthenticatorState.InProgress, _exchange.Authenticator.State);

        _exchange.Receive(Response, request[1], 26, 4);

        Assert.Equal([Failure, request[1], 0, 4], _exchange.NextSent());
        Assert.Equal(AuthenticatorState.Failed, _exchange.Authenticator.State);
    }

    [Fact]
    public void Says_failure_after_a_second_when_the_peer_does_not_acknowledge_the_refusal()
    {
        Respond();
        _exchange.Conclude(Exchange.WrongPassword with { MayRetry = false });
        _exchange.NextSent();

        _exchange.Advance(1);

        Assert.Equal(Failure, _exchange.NextSent()[0]);
        Assert.Equal(AuthenticatorState.Failed, _exchange.Authenticator.State);
    }

    [Fact]
    public void Refuses_a_password_change()
    {
        var identifier = ToChallenge();

        _exchange.Receive(
            Response, identifier, [26, .. EapMsChapV2Packet.Create(EapMsChapV2OpCode.ChangePassword, identifier, new byte[582])]);

        Assert.StartsWith("E=709 R=0 C=", _exchange.NextSentText(9), StringComparison.Ordinal);
        _exchange.Advance(1);
        Assert.Equal(AuthenticatorState.Failed, _exchange.Authenticator.State);
    }

    [Fact]
    public void Says_what_a_peer_wants_that_refuses_the_only_method()
    {
        var identifier = ToChallenge();

        _exchange.Receive(Response, identifier, 3, 13, 25);

        Assert.Equal([Failure, identifier, 0, 4], _exchange.NextSent());
        var outcome = Assert.IsType<AuthenticationVerdict.Rejected>(_exchange.Authenticator.Outcome);
        Assert.Equal("the peer refuses EAP MsChapV2 and wants type 13, 25", outcome.Message);
    }

    [Theory]
    [InlineData(new byte[] { 3 })]
    [InlineData(new byte[] { 3, 0 })]
    public void Ends_when_the_peer_offers_no_other_method(byte[] nak)
    {
        _exchange.Receive(Response, ToChallenge(), nak);

        Assert.Equal(AuthenticatorState.Failed, _exchange.Authenticator.State);
    }

    [Fact]
    public void Turns_to_the_method_that_the_peer_wants_when_it_has_it()
    {
        var exchange = new Exchange(PppProtocol.Eap, output => new EapAuthenticator(
            s_settings,
            output,
            new ScriptedRandomBytes([FirstIdentifier]),
            [new ScriptedMethod(EapType.Tls), new EapMsChapV2Method(s_settings, new ScriptedRandomBytes())]));
        exchange.Receive(Response, exchange.NextSent()[1], 1);
        var tls = exchange.NextSent();
        Assert.Equal((byte)EapType.Tls, tls[4]);

        exchange.Receive(Response, tls[1], 3, 25, 26);

        var next = exchange.NextSent();
        Assert.Equal(26, next[4]);
        Assert.NotEqual(tls[1], next[1]);
    }

    [Fact]
    public void Takes_no_Nak_once_the_method_is_under_way()
    {
        Respond();
        _exchange.Conclude(s_accepted);
        var identifier = _exchange.NextSent()[1];

        _exchange.Receive(Response, identifier, 3, 13);

        Assert.Equal(AuthenticatorState.InProgress, _exchange.Authenticator.State);
        _exchange.AssertNothingSent();
    }

    [Fact]
    public void Takes_a_response_once()
    {
        var identifier = ToChallenge();
        byte[] response = [26, .. EapMsChapV2Packet.Create(EapMsChapV2OpCode.Response, identifier, Answer)];
        _exchange.Receive(Response, identifier, response);
        _exchange.TakeCredentials<Credentials.MsChapV2>();

        _exchange.Receive(Response, identifier, response);
        _exchange.AssertNothingOffered();
        _exchange.Conclude(s_accepted);
        _exchange.NextSent();
        _exchange.Receive(Response, identifier, response);

        _exchange.AssertNothingOffered();
        _exchange.AssertNothingSent();
    }

    [Fact]
    public void Ignores_a_response_to_a_request_that_is_not_out()
    {
        var identifier = ToChallenge();

        _exchange.Receive(
            Response, (byte)(identifier - 1), [26, .. EapMsChapV2Packet.Create(EapMsChapV2OpCode.Response, identifier, Answer)]);

        _exchange.AssertNothingOffered();
    }

    [Fact]
    public void Says_success_again_when_the_last_response_is_repeated()
    {
        Respond();
        _exchange.Conclude(s_accepted);
        var identifier = _exchange.NextSent()[1];
        _exchange.Receive(Response, identifier, 26, 3);
        var success = _exchange.NextSent();

        _exchange.Receive(Response, identifier, 26, 3);

        Assert.Equal(success, _exchange.NextSent());
    }

    [Fact]
    public void Repeats_a_request_every_three_seconds_five_times()
    {
        var request = _exchange.NextSent();
        for (var i = 0; i < 5; i++)
        {
            _exchange.Advance(3);
            Assert.Equal(request, _exchange.NextSent());
        }

        _exchange.Advance(3);

        _exchange.AssertNothingSent();
        Assert.Equal(AuthenticatorState.TimedOut, _exchange.Authenticator.State);
    }

    [Theory]
    [InlineData("1A")]
    [InlineData("1A02")]
    [InlineData("1A02110003")]
    [InlineData("1A0211FFFF31")]
    [InlineData("1A0211000531")]
    [InlineData("1A0211000510")]
    [InlineData("1A03")]
    [InlineData("1A04")]
    [InlineData("1A09110004")]
    [InlineData("04")]
    [InlineData("FE")]
    public void Ignores_a_response_that_is_none(string data)
    {
        var identifier = ToChallenge();

        _exchange.Receive(Response, identifier, Convert.FromHexString(data));

        _exchange.AssertNothingOffered();
        _exchange.AssertNothingSent();
        Assert.Equal(AuthenticatorState.InProgress, _exchange.Authenticator.State);
    }

    private static byte[] Answer => MsChapV2Response.Create(s_peerChallenge, s_ntResponse, "User"u8);

    private byte ToChallenge()
    {
        var identifier = _exchange.NextSent()[1];
        _exchange.Receive(Response, identifier, [1, .. "User"u8]);
        return _exchange.NextSent()[1];
    }

    private void Respond()
    {
        var identifier = ToChallenge();
        _exchange.Receive(
            Response, identifier, [26, .. EapMsChapV2Packet.Create(EapMsChapV2OpCode.Response, identifier, Answer)]);
        _exchange.TakeCredentials<Credentials.MsChapV2>();
    }
}
