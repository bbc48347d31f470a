using SstpProtocol.Sstp;
using SstpProtocol.Sstp.CryptoBinding;

namespace SstpProtocol.Tests.Sstp.CryptoBinding;

public class CertificateDigestsTests
{
    [Fact]
    public void Are_the_digests_of_the_whole_der_encoding()
    {
        // FIPS 180 example: the message "abc".
        var digests = CertificateDigests.FromDer("abc"u8);

        Assert.Equal("A9993E364706816ABA3E25717850C26C9CD0D89D", Convert.ToHexString(digests.Of(SstpHash.Sha1)));
        Assert.Equal(
            "BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD", Convert.ToHexString(digests.Of(SstpHash.Sha256)));
    }
}
