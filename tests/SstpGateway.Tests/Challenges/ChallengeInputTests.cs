using GatewayConfig.Channel;
using SstpGateway.Challenges;

namespace SstpGateway.Tests.Challenges;

public sealed class ChallengeInputTests
{
    [Theory]
    [InlineData("token", "token.thumb", true)]
    [InlineData("a-B_9", "a-B_9.x", true)]
    [InlineData("", ".thumb", false)]
    [InlineData("..", "...thumb", false)]
    [InlineData("a/b", "a/b.thumb", false)]
    [InlineData("token", "other.thumb", false)]
    [InlineData("token", "token.", false)]
    [InlineData("token", "token.th umb", false)]
    [InlineData("token", "token.<script>", false)]
    [InlineData("token", null, false)]
    public void Takes_a_token_and_its_key_authorization_and_nothing_else(string token, string? keyAuthorization, bool isGood) =>
        Assert.Equal(
            isGood,
            ChallengeInput.HttpProblem(token, keyAuthorization is null ? null : new HttpChallenge(keyAuthorization)) is null);

    [Theory]
    [InlineData("vpn.example.org", 64, true)]
    [InlineData("vpn.example.org", 62, false)]
    [InlineData("vpn example", 64, false)]
    [InlineData("", 64, false)]
    public void Takes_a_name_and_a_digest_and_nothing_else(string name, int digits, bool isGood)
    {
        Assert.Equal(
            isGood, ChallengeInput.TlsAlpnProblem(name, new TlsAlpnChallenge(new string('a', digits)), out var digest) is null);
        Assert.Equal(isGood ? 32 : 0, digest.Length);
    }
}
