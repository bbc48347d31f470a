using System.Text;
using GatewayConfig.Formats;

namespace GatewayConfig.Tests.Formats;

public class Base32Tests
{
    [Theory] // RFC 4648 section 10
    [InlineData("f", "MY")]
    [InlineData("fo", "MZXQ")]
    [InlineData("foo", "MZXW6")]
    [InlineData("foob", "MZXW6YQ")]
    [InlineData("fooba", "MZXW6YTB")]
    [InlineData("foobar", "MZXW6YTBOI")]
    public void Writes_and_reads_the_vectors_of_the_RFC(string text, string base32)
    {
        Assert.Equal(base32, Base32.Encode(Encoding.ASCII.GetBytes(text)));
        Assert.True(Base32.TryDecode(base32, out var octets));
        Assert.Equal(text, Encoding.ASCII.GetString(octets));
    }

    [Theory]
    [InlineData("mzxw6ytboi")]
    [InlineData("MZXW 6YTB OI")]
    [InlineData("MZXW-6YTB-OI======")]
    public void Reads_it_as_people_copy_it(string base32)
    {
        Assert.True(Base32.TryDecode(base32, out var octets));
        Assert.Equal("foobar", Encoding.ASCII.GetString(octets));
    }

    [Theory]
    [InlineData("")]
    [InlineData("=")]
    [InlineData("M")]
    [InlineData("MZX")]
    [InlineData("MZXW6Y")]
    [InlineData("MZXW1")]
    [InlineData("MZXW=6")]
    [InlineData("MÄ")]
    public void Refuses_what_is_not_whole(string base32) => Assert.False(Base32.TryDecode(base32, out _));

    [Fact]
    public void Reads_back_whatever_it_writes()
    {
        var random = new Random(1);
        for (var size = 1; size < 100; size++)
        {
            var octets = new byte[size];
            random.NextBytes(octets);

            Assert.True(Base32.TryDecode(Base32.Encode(octets), out var read));
            Assert.Equal(octets, read);
        }
    }
}
