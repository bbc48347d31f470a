using SstpProtocol.Ip;

namespace SstpProtocol.Tests.Ip;

public class InternetChecksumTests
{
    [Fact]
    public void Agrees_with_the_numerical_example_of_RFC_1071()
    {
        // RFC 1071 section 3: the sum is ddf2, so the checksum is its complement.
        Assert.Equal(0x220D, InternetChecksum.Of([0x00, 0x01, 0xF2, 0x03, 0xF4, 0xF5, 0xF6, 0xF7]));
    }

    [Fact]
    public void Counts_an_odd_last_byte_as_the_high_half_of_a_word()
    {
        Assert.Equal(0xFEFF, InternetChecksum.Of([0x01]));
        Assert.Equal(
            InternetChecksum.Of([0x12, 0x34, 0x56, 0x78, 0x9A, 0x00]), InternetChecksum.Of([0x12, 0x34, 0x56, 0x78, 0x9A]));
    }

    [Fact]
    public void Is_zero_over_bytes_that_contain_the_right_checksum()
    {
        // An IPv4 header often used as an example; its checksum field is b861.
        Assert.Equal(0, InternetChecksum.Of(Convert.FromHexString("450000730000400040" + "11" + "b861c0a80001c0a800c7")));
    }

    [Fact]
    public void Updates_as_in_the_example_of_RFC_1624()
    {
        // RFC 1624 section 4, equation 3: HC = DD2F, m = 5555, m' = 3285 gives 0000, not FFFF.
        Assert.Equal(0x0000, InternetChecksum.Update(0xDD2F, 0x5555, 0x3285));
    }

    [Fact]
    public void Updating_agrees_with_computing_anew_for_every_changed_word()
    {
        var random = new Random(1624);
        var bytes = new byte[40];
        for (var round = 0; round < 10_000; round++)
        {
            random.NextBytes(bytes);
            var at = 2 * random.Next(20);
            var before = (ushort)((bytes[at] << 8) | bytes[at + 1]);
            var checksum = InternetChecksum.Of(bytes);
            random.NextBytes(bytes.AsSpan(at, 2));

            var updated = InternetChecksum.Update(checksum, before, (ushort)((bytes[at] << 8) | bytes[at + 1]));

            Assert.Equal(InternetChecksum.Of(bytes), updated);
        }
    }

    [Fact]
    public void Agrees_with_the_plain_sum_at_every_length_and_alignment()
    {
        var random = new Random(1071);
        var bytes = new byte[70_000];
        random.NextBytes(bytes);
        for (var length = 0; length < 400; length++)
        {
            var at = random.Next(64);
            Assert.Equal(Packets.PlainChecksum(bytes.AsSpan(at, length)), InternetChecksum.Of(bytes.AsSpan(at, length)));
        }

        // The largest sums there are: lanes must not overflow.
        bytes.AsSpan().Fill(0xFF);
        Assert.Equal(0, InternetChecksum.Of(bytes.AsSpan(0, 65_535 + 1)));
        bytes[65_535] = 0xFE;
        Assert.Equal(1, InternetChecksum.Of(bytes.AsSpan(0, 65_535 + 1)));
    }
}
