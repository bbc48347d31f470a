using SstpProtocol.Ppp.Authentication.MsChap;

namespace SstpProtocol.Tests.Ppp.Authentication.MsChap;

public class DesTests
{
    [Theory] // Computed with OpenSSL 3.0's legacy provider (-des-ecb); the first two keys are weak ones.
    [InlineData("00000000000000", "0000000000000000", "8CA64DE9C1B123A7")]
    [InlineData("FFFFFFFFFFFFFF", "FFFFFFFFFFFFFFFF", "7359B2163E4EDC58")]
    [InlineData("0123456789ABCD", "4E6F772069732074", "38056AF1DB0D41F3")]
    [InlineData("44EBBA8D5312B8", "D02E4386BCE91226", "82309ECD8D708B5E")]
    [InlineData("AE000000000000", "D02E4386BCE91226", "462081AD084C3E8B")]
    public void Encrypts_one_block_with_seven_octets_of_key(string key, string clear, string expected)
    {
        var cipher = new byte[Des.BlockSize];

        Des.Encrypt(Convert.FromHexString(key), Convert.FromHexString(clear), cipher);

        Assert.Equal(expected, Convert.ToHexString(cipher));
    }
}
