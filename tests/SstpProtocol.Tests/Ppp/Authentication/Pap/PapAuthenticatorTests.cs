using SstpProtocol.Ppp;
using SstpProtocol.Ppp.Authentication;
using SstpProtocol.Ppp.Authentication.Pap;
using SstpProtocol.Sstp.CryptoBinding;

namespace SstpProtocol.Tests.Ppp.Authentication.Pap;

public class PapAuthenticatorTests
{
    private const byte Request = 1;
    private const byte Ack = 2;
    private const byte Nak = 3;

    private readonly Exchange _exchange = new(PppProtocol.Pap, output =>
        new PapAuthenticator(new AuthenticatorSettings(), output));

    private static byte[] Alice => PapRequest.Create("alice"u8, "secret"u8);

    [Fact]
    public void Offers_name_and_password_of_the_first_request()
    {
        _exchange.Receive(Request, 7, Alice);

        Assert.Equal(
            new Credentials.Pap("alice", "secret") { NameOctets = default },
            _exchange.TakeCredentials<Credentials.Pap>() with { NameOctets = default });
        Assert.Equal("alice", _exchange.Authenticator.PeerName);
    }

    [Fact]
    public void Acknowledges_under_the_identifier_of_the_request()
    {
        _exchange.Receive(Request, 7, Alice);
        _exchange.Conclude(new AuthenticationVerdict.Accepted(HigherLayerKey.None, "hi"));

        Assert.Equal([Ack, 7, 0, 7, 2, (byte)'h', (byte)'i'], _exchange.NextSent());
        Assert.Equal(AuthenticatorState.Succeeded, _exchange.Authenticator.State);
    }

    [Fact]
    public void Refuses_for_good_whatever_the_verdict_says_about_retries()
    {
        _exchange.Receive(Request, 7, Alice);
        _exchange.Conclude(Exchange.WrongPassword);

        Assert.Equal(Nak, _exchange.NextSent()[0]);
        Assert.Equal(AuthenticatorState.Failed, _exchange.Authenticator.State);
        Assert.Same(Exchange.WrongPassword, _exchange.Authenticator.Outcome);
    }

    [Fact]
    public void Offers_a_request_repeated_while_it_is_judged_only_once_and_answers_the_last_one()
    {
        _exchange.Receive(Request, 7, Alice);
        _exchange.TakeCredentials<Credentials.Pap>();
        _exchange.Receive(Request, 8, Alice);

        _exchange.AssertNothingOffered();
        _exchange.Conclude(new AuthenticationVerdict.Accepted(HigherLayerKey.None, ""));
        Assert.Equal([Ack, 8, 0, 5, 0], _exchange.NextSent());
        _exchange.AssertNothingSent();
    }

    [Fact]
    public void Answers_a_request_repeated_after_the_end_with_the_same_verdict()
    {
        _exchange.Receive(Request, 7, Alice);
        _exchange.TakeCredentials<Credentials.Pap>();
        _exchange.Conclude(Exchange.WrongPassword);
        _exchange.NextSent();

        _exchange.Receive(Request, 9, PapRequest.Create("alice"u8, "another"u8));

        Assert.Equal([Nak, 9], _exchange.NextSent()[..2]);
        _exchange.AssertNothingOffered();
    }

    [Theory]
    [InlineData("")]
    [InlineData("05")]
    [InlineData("05616C696365")]
    [InlineData("05616C69636507736563726574")]
    [InlineData("FF616C69636506736563726574")]
    public void Ignores_a_request_whose_lengths_do_not_fit(string data)
    {
        _exchange.Receive(Request, 7, Convert.FromHexString(data));

        _exchange.AssertNothingOffered();
    }

    [Fact]
    public void Ignores_octets_after_the_length()
    {
        _exchange.Receive([.. AuthenticationPacket.Create(Request, 7, Alice), 0xFF, 0xFF]);

        Assert.Equal("secret", _exchange.TakeCredentials<Credentials.Pap>().Password);
    }

    [Fact]
    public void Gives_up_when_the_peer_says_nothing_for_thirty_seconds()
    {
        _exchange.Advance(29.9);
        Assert.Equal(AuthenticatorState.InProgress, _exchange.Authenticator.State);

        _exchange.Advance(0.1);

        Assert.Equal(AuthenticatorState.TimedOut, _exchange.Authenticator.State);
        Assert.IsType<AuthenticationVerdict.Rejected>(_exchange.Authenticator.Outcome);
    }

    [Fact]
    public void Waits_for_the_verdict_as_long_as_it_takes()
    {
        _exchange.Receive(Request, 7, Alice);

        _exchange.Advance(1000);

        Assert.Equal(AuthenticatorState.InProgress, _exchange.Authenticator.State);
        Assert.Null(_exchange.Authenticator.NextDeadline);
    }

    [Fact]
    public void Ignores_a_verdict_nobody_asked_for()
    {
        _exchange.Conclude(new AuthenticationVerdict.Accepted(HigherLayerKey.None, ""));

        Assert.Equal(AuthenticatorState.InProgress, _exchange.Authenticator.State);
        _exchange.AssertNothingSent();
    }

    [Fact]
    public void Cuts_a_message_that_is_longer_than_its_length_octet_can_say()
    {
        _exchange.Receive(Request, 7, Alice);
        _exchange.Conclude(new AuthenticationVerdict.Accepted(HigherLayerKey.None, new string('x', 300)));

        Assert.Equal(4 + 1 + 255, _exchange.NextSent().Length);
    }
}
