using GatewayConfig.Formats;

namespace GatewayConfig.Tests.Formats;

public class PasswordVerifierTests
{
    // Computed with Python's hashlib.pbkdf2_hmac.
    private const string Example = "pbkdf2-sha256$10000$AAECAwQFBgcICQoLDA0ODw==$IL7kOXGOOGBkGRti2XE+zIx2iRcAFQXzUR+ircql7rk=";

    [Fact]
    public void Accepts_the_password_another_implementation_hashed()
    {
        Assert.True(PasswordVerifier.TryParse(Example, out var verifier));

        Assert.True(verifier.Accepts("pässword"));
        Assert.False(verifier.Accepts("password"));
        Assert.False(verifier.Accepts(""));
    }

    [Fact]
    public void Makes_another_one_each_time_that_reads_back()
    {
        var text = PasswordVerifier.Create("secret", iterations: 10_000).Format();

        Assert.NotEqual(text, PasswordVerifier.Create("secret", iterations: 10_000).Format());
        Assert.True(PasswordVerifier.TryParse(text, out var verifier));
        Assert.True(verifier.Accepts("secret"));
        Assert.Equal(10_000, verifier.Iterations);
    }

    [Theory]
    [InlineData("")]
    [InlineData("secret")]
    [InlineData("pbkdf2-sha1$10000$AAECAwQFBgcICQoLDA0ODw==$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    [InlineData("pbkdf2-sha256$9999$AAECAwQFBgcICQoLDA0ODw==$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    [InlineData("pbkdf2-sha256$5000001$AAECAwQFBgcICQoLDA0ODw==$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    [InlineData("pbkdf2-sha256$-10000$AAECAwQFBgcICQoLDA0ODw==$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    [InlineData("pbkdf2-sha256$10000$AAEC$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    [InlineData("pbkdf2-sha256$10000$AAECAwQFBgcICQoLDA0ODw==$AAAA")]
    [InlineData("pbkdf2-sha256$10000$not base64$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    [InlineData("pbkdf2-sha256$10000$AAECAwQFBgcICQoLDA0ODw==$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=$")]
    public void Refuses_what_is_no_verifier(string text) => Assert.False(PasswordVerifier.TryParse(text, out _));

    [Fact]
    public void Keeps_its_salt_and_hash_out_of_its_text()
    {
        Assert.True(PasswordVerifier.TryParse(Example, out var verifier));

        Assert.Equal("pbkdf2-sha256 verifier", verifier.ToString());
    }
}
