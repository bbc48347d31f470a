using SstpGateway.Challenges;
using TestSupport.Time;

namespace SstpGateway.Tests.Challenges;

public sealed class ChallengeBookTests
{
    private readonly ManualTime _clock = new();
    private readonly ChallengeBook _book;

    public ChallengeBookTests() => _book = new ChallengeBook(_clock);

    [Fact]
    public void Answers_what_it_was_given_until_it_is_taken_back()
    {
        _book.TryPutHttp("token", "token.thumb");
        Assert.True(_book.TryFindHttp("token", out var answer));
        Assert.Equal("token.thumb", answer);
        Assert.False(_book.TryFindHttp("Token", out _));

        _book.RemoveHttp("token");
        _book.RemoveHttp("token");

        Assert.False(_book.TryFindHttp("token", out _));
        Assert.Empty(_book.HttpTokens);
    }

    [Fact]
    public void Forgets_what_nobody_takes_back_unless_it_is_put_again()
    {
        _book.TryPutHttp("forgotten", "forgotten.thumb");
        _book.TryPutTlsAlpn("vpn.example.org", new byte[32]);
        _book.TryPutHttp("kept", "kept.thumb");
        _clock.Advance(ChallengeBook.Lifetime / 2);
        _book.TryPutHttp("kept", "kept.thumb");

        _clock.Advance(ChallengeBook.Lifetime / 2);

        Assert.Equal(["kept"], _book.HttpTokens);
        Assert.Empty(_book.TlsAlpnNames);
        Assert.False(_book.TryFindTlsAlpn("vpn.example.org", out _));
    }

    [Fact]
    public void Keeps_the_certificate_of_a_challenge_that_is_put_again_and_changes_it_with_the_challenge()
    {
        _book.TryPutTlsAlpn("vpn.example.org", new byte[32]);
        _book.TryFindTlsAlpn("vpn.example.org", out var first);
        _book.TryPutTlsAlpn("VPN.example.org", new byte[32]);
        _book.TryFindTlsAlpn("vpn.example.org", out var again);
        _book.TryPutTlsAlpn("vpn.example.org", Enumerable.Repeat((byte)1, 32).ToArray());
        _book.TryFindTlsAlpn("vpn.example.org", out var other);

        Assert.Same(first, again);
        Assert.NotSame(first, other);
    }

    [Fact]
    public void Takes_no_more_than_it_has_room_for()
    {
        for (var i = 0; i < ChallengeBook.Capacity; i++) Assert.True(_book.TryPutHttp($"t{i}", $"t{i}.thumb"));

        Assert.False(_book.TryPutHttp("more", "more.thumb"));
        Assert.True(_book.TryPutHttp("t0", "t0.thumb"));
    }
}
