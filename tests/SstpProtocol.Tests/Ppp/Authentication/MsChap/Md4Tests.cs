using System.Text;
using SstpProtocol.Ppp.Authentication.MsChap;

namespace SstpProtocol.Tests.Ppp.Authentication.MsChap;

public class Md4Tests
{
    [Theory] // RFC 1320 A.5
    [InlineData("", "31D6CFE0D16AE931B73C59D7E0C089C0")]
    [InlineData("a", "BDE52CB31DE33E46245E05FBDBD6FB24")]
    [InlineData("abc", "A448017AAF21D8525FC10AE87AA6729D")]
    [InlineData("message digest", "D9130A8164549FE818874806E1C7014B")]
    [InlineData("abcdefghijklmnopqrstuvwxyz", "D79E1C308AA5BBCDEEA8ED63DF412DA9")]
    [InlineData("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", "043F8582F241DB351CE627E153E7F0E4")]
    [InlineData("12345678901234567890123456789012345678901234567890123456789012345678901234567890",
        "E33B4DDC9C38F2199C3E7B164FCC0536")]
    public void Hashes_the_test_suite_of_RFC_1320(string message, string expected)
    {
        var hash = new byte[Md4.HashSize];

        Md4.Hash(Encoding.ASCII.GetBytes(message), hash);

        Assert.Equal(expected, Convert.ToHexString(hash));
    }

    [Theory] // Computed with OpenSSL 3.0's legacy provider: the lengths around the padding's boundaries.
    [InlineData(55, "C889C81DD86C4D2E025778944EA02881")]
    [InlineData(56, "D5F9A9E9257077A5F08B0B92F348B0AD")]
    [InlineData(63, "7EA3DA77432D44C323671097D1348FC8")]
    [InlineData(64, "52F5076FABD22680234A3FA9F9DC5732")]
    [InlineData(65, "330E377BF231F3CACFECC2C182FE7E5B")]
    [InlineData(119, "E65DD227CCEF97FA1D34D70189120F76")]
    [InlineData(120, "B03DDBD470B47C013E0C7AB2DDD763DB")]
    public void Pads_at_every_boundary_of_a_block(int length, string expected)
    {
        var message = Enumerable.Repeat((byte)'a', length).ToArray();
        var hash = new byte[Md4.HashSize];

        Md4.Hash(message, hash);

        Assert.Equal(expected, Convert.ToHexString(hash));
    }
}
