using System.Text;
using SstpProtocol.Ppp;
using SstpProtocol.Ppp.Authentication;
using SstpProtocol.Ppp.Authentication.MsChap;
using SstpProtocol.Sstp.CryptoBinding;

namespace SstpProtocol.Tests.Ppp.Authentication.MsChap;

/// <summary>The packets of RFC 2759 9.1, with the values of 9.2.</summary>
public class MsChapV2AuthenticatorTests
{
    private const byte Response = 2;
    private const byte Success = 3;
    private const byte Failure = 4;
    private const byte ChangePassword = 7;
    private const byte FirstIdentifier = 0x42;
    private const string Proof = "S=407A5589115FD0D6209F510FE9C04566932CDA56";

    private static readonly byte[] s_challenge = Convert.FromHexString("5B5D7C7D7B3F2F3E3C2C602132262628");
    private static readonly byte[] s_peerChallenge = Convert.FromHexString("21402324255E262A28295F2B3A337C7E");
    private static readonly byte[] s_ntResponse = Convert.FromHexString("82309ECD8D708B5EA08FAA3981CD83544233114A3D85D6DF");

    private readonly Exchange _exchange = new(PppProtocol.Chap, output => new MsChapV2Authenticator(
        new AuthenticatorSettings { ServerName = "gw" }, output, new ScriptedRandomBytes([FirstIdentifier], s_challenge)));

    private static byte[] Answer => MsChapV2Response.Create(s_peerChallenge, s_ntResponse, "User"u8);

    private static AuthenticationVerdict.Accepted Accepted => new(HigherLayerKey.None, Proof);

    [Fact]
    public void Sends_sixteen_random_octets_and_its_name()
    {
        Assert.Equal("0142001710" + "5B5D7C7D7B3F2F3E3C2C602132262628" + "6777", Convert.ToHexString(_exchange.NextSent()));
    }

    [Fact]
    public void Reads_the_response_of_the_RFC()
    {
        var packet = "0242003A31" + "21402324255E262A28295F2B3A337C7E" + "0000000000000000"
            + "82309ECD8D708B5EA08FAA3981CD83544233114A3D85D6DF" + "00" + "55736572";
        _exchange.Receive(Convert.FromHexString(packet));

        var offered = _exchange.TakeCredentials<Credentials.MsChapV2>();
        Assert.Equal("User", offered.UserName);
        Assert.Equal(s_challenge, offered.AuthenticatorChallenge.ToArray());
        Assert.Equal(s_peerChallenge, offered.PeerChallenge.ToArray());
        Assert.Equal(s_ntResponse, offered.NtResponse.ToArray());
        Assert.Equal(FirstIdentifier, offered.Identifier);
        Assert.False(offered.InsideEap);
    }

    [Fact]
    public void Proves_itself_in_the_success_message()
    {
        Respond(FirstIdentifier);
        _exchange.Conclude(Accepted);

        var packet = _exchange.NextSent();
        Assert.Equal([Success, FirstIdentifier], packet[..2]);
        Assert.Equal(Proof, Encoding.ASCII.GetString(packet[4..]));
        Assert.Equal(AuthenticatorState.Succeeded, _exchange.Authenticator.State);
    }

    [Fact]
    public void Does_not_succeed_without_a_proof()
    {
        Respond(FirstIdentifier);

        Assert.Throws<ArgumentException>(
            () => _exchange.Conclude(new AuthenticationVerdict.Accepted(HigherLayerKey.None, "Welcome")));
    }

    [Fact]
    public void Keeps_the_octets_of_a_name_that_is_not_UTF8()
    {
        _exchange.Receive(Response, FirstIdentifier, MsChapV2Response.Create(s_peerChallenge, s_ntResponse, [0x4A, 0xFC, 0x72]));

        var offered = _exchange.TakeCredentials<Credentials.MsChapV2>();
        Assert.Equal("Jür", offered.UserName);
        Assert.Equal([0x4A, 0xFC, 0x72], offered.NameOctets.ToArray());
    }

    [Fact]
    public void Gives_another_try_a_new_challenge_and_the_next_identifier()
    {
        Respond(FirstIdentifier);
        _exchange.Conclude(Exchange.WrongPassword);

        var packet = _exchange.NextSent();
        Assert.Equal([Failure, FirstIdentifier], packet[..2]);
        Assert.Matches("^E=691 R=1 C=[0-9A-F]{32} V=3 M=no$", Encoding.ASCII.GetString(packet[4..]));
        var newChallenge = Encoding.ASCII.GetString(packet[4..]).Substring("E=691 R=1 C=".Length, 32);
        Assert.NotEqual(Convert.ToHexString(s_challenge), newChallenge);

        _exchange.Receive(Response, FirstIdentifier + 1, Answer);

        var offered = _exchange.TakeCredentials<Credentials.MsChapV2>();
        Assert.Equal(newChallenge, Convert.ToHexString(offered.AuthenticatorChallenge.Span));
        Assert.Equal(AuthenticatorState.InProgress, _exchange.Authenticator.State);
    }

    [Fact]
    public void Answers_an_old_response_again_without_having_it_judged_again()
    {
        Respond(FirstIdentifier);
        _exchange.Conclude(Exchange.WrongPassword);
        var failure = _exchange.NextSent();

        _exchange.Receive(Response, FirstIdentifier, Answer);

        Assert.Equal(failure, _exchange.NextSent());
        _exchange.AssertNothingOffered();
    }

    [Fact]
    public void Answers_a_response_repeated_after_the_success_with_the_success()
    {
        Respond(FirstIdentifier);
        _exchange.Conclude(Accepted);
        var success = _exchange.NextSent();

        _exchange.Receive(Response, FirstIdentifier, Answer);

        Assert.Equal(success, _exchange.NextSent());
        _exchange.AssertNothingOffered();
    }

    [Fact]
    public void Does_not_offer_a_response_repeated_while_it_is_judged()
    {
        Respond(FirstIdentifier);
        _exchange.Receive(Response, FirstIdentifier, Answer);

        _exchange.AssertNothingOffered();
        _exchange.AssertNothingSent();
    }

    [Fact]
    public void Ends_after_the_last_retry()
    {
        for (byte attempt = 0; attempt <= new AuthenticatorSettings().MaxMsChapRetries; attempt++)
        {
            Assert.Equal(AuthenticatorState.InProgress, _exchange.Authenticator.State);
            Respond((byte)(FirstIdentifier + attempt));
            _exchange.Conclude(Exchange.WrongPassword);
        }

        Assert.Equal(AuthenticatorState.Failed, _exchange.Authenticator.State);
        Assert.Same(Exchange.WrongPassword, _exchange.Authenticator.Outcome);
        _exchange.NextSent();
        _exchange.NextSent();
        Assert.StartsWith("E=691 R=0 ", _exchange.NextSentText(4), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(RejectionReason.AccountDisabled, true, "E=647 R=0 ")]
    [InlineData(RejectionReason.PasswordExpired, true, "E=648 R=0 ")]
    [InlineData(RejectionReason.AuthenticationFailure, false, "E=691 R=0 ")]
    public void Offers_no_retry_where_none_would_help(RejectionReason reason, bool mayRetry, string expected)
    {
        Respond(FirstIdentifier);
        _exchange.Conclude(new AuthenticationVerdict.Rejected(reason, "no", mayRetry));

        Assert.StartsWith(expected, _exchange.NextSentText(4), StringComparison.Ordinal);
        Assert.Equal(AuthenticatorState.Failed, _exchange.Authenticator.State);
    }

    [Fact]
    public void Gives_up_when_the_user_does_not_try_again_within_a_minute()
    {
        Respond(FirstIdentifier);
        _exchange.Conclude(Exchange.WrongPassword);
        _exchange.NextSent();

        _exchange.Advance(59.9);
        Assert.Equal(AuthenticatorState.InProgress, _exchange.Authenticator.State);
        _exchange.Advance(0.1);

        Assert.Equal(AuthenticatorState.TimedOut, _exchange.Authenticator.State);
        _exchange.AssertNothingSent();
    }

    [Fact]
    public void Repeats_the_challenge_unchanged_every_three_seconds_five_times()
    {
        var challenge = _exchange.NextSent();
        for (var i = 0; i < 5; i++)
        {
            _exchange.Advance(2.9);
            _exchange.AssertNothingSent();
            _exchange.Advance(0.1);
            Assert.Equal(challenge, _exchange.NextSent());
        }

        _exchange.Advance(3);

        _exchange.AssertNothingSent();
        Assert.Equal(AuthenticatorState.TimedOut, _exchange.Authenticator.State);
    }

    [Fact]
    public void Stops_repeating_once_the_response_is_there()
    {
        Respond(FirstIdentifier);

        _exchange.Advance(600);

        _exchange.AssertNothingSent();
        Assert.Equal(AuthenticatorState.InProgress, _exchange.Authenticator.State);
    }

    [Fact]
    public void Refuses_a_password_change_after_an_expired_password()
    {
        Respond(FirstIdentifier);
        _exchange.Conclude(new AuthenticationVerdict.Rejected(RejectionReason.PasswordExpired, "expired", MayRetry: false));
        _exchange.NextSent();

        _exchange.Receive(ChangePassword, FirstIdentifier + 1, new byte[582]);

        var packet = _exchange.NextSent();
        Assert.Equal([Failure, FirstIdentifier + 1], packet[..2]);
        Assert.StartsWith("E=709 R=0 C=", Encoding.ASCII.GetString(packet[4..]), StringComparison.Ordinal);
        Assert.Equal(AuthenticatorState.Failed, _exchange.Authenticator.State);
    }

    [Fact]
    public void Ends_with_a_reason_when_the_peer_only_wants_to_change_its_password()
    {
        _exchange.Receive(ChangePassword, FirstIdentifier, new byte[582]);

        Assert.Equal(AuthenticatorState.Failed, _exchange.Authenticator.State);
        var outcome = Assert.IsType<AuthenticationVerdict.Rejected>(_exchange.Authenticator.Outcome);
        Assert.Equal(RejectionReason.ChangingPasswordFailed, outcome.Reason);
    }

    [Fact]
    public void Ignores_a_password_change_after_the_success()
    {
        Respond(FirstIdentifier);
        _exchange.Conclude(Accepted);
        _exchange.NextSent();

        _exchange.Receive(ChangePassword, FirstIdentifier, new byte[582]);

        _exchange.AssertNothingSent();
        Assert.Equal(AuthenticatorState.Succeeded, _exchange.Authenticator.State);
    }

    [Fact]
    public void Keeps_the_proof_out_of_the_text_of_the_verdict() =>
        Assert.DoesNotContain(Proof, $"{Accepted}", StringComparison.Ordinal);

    [Fact]
    public void Ignores_a_verdict_that_comes_after_the_end()
    {
        Respond(FirstIdentifier);
        _exchange.Receive(ChangePassword, FirstIdentifier, new byte[582]);
        _exchange.NextSent();

        _exchange.Conclude(Accepted);

        Assert.Equal(AuthenticatorState.Failed, _exchange.Authenticator.State);
        _exchange.AssertNothingSent();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(16)]
    [InlineData(48)]
    [InlineData(50)]
    public void Ignores_a_response_of_another_size(byte valueSize)
    {
        var data = Answer;
        data[0] = valueSize;
        _exchange.Receive(Response, FirstIdentifier, data);

        _exchange.AssertNothingOffered();
    }

    [Fact]
    public void Ignores_a_response_to_a_challenge_it_did_not_send()
    {
        _exchange.Receive(Response, FirstIdentifier + 1, Answer);

        _exchange.AssertNothingOffered();
    }

    [Fact]
    public void Ignores_a_name_longer_than_any_name()
    {
        _exchange.Receive(
            Response, FirstIdentifier,
            MsChapV2Response.Create(s_peerChallenge, s_ntResponse, new byte[PeerEncoding.MaxNameLength + 1]));

        _exchange.AssertNothingOffered();
    }

    private void Respond(byte identifier)
    {
        if (identifier == FirstIdentifier) _exchange.NextSent();
        _exchange.Receive(Response, identifier, Answer);
        _exchange.TakeCredentials<Credentials.MsChapV2>();
    }
}
