using SstpGateway.Tests.Dns.Support;

namespace DnsProtocol.Tests;

public sealed class DnsNameTests
{
    [Fact]
    public void A_name_ends_after_its_root_label()
    {
        byte[] message = [.. new byte[12], .. WireText.Name("www.corp.example"), 0xFF];

        Assert.True(DnsName.TrySkip(message, 12, out var end));
        Assert.Equal(message.Length - 1, end);
    }

    [Fact]
    public void A_compressed_name_ends_after_its_first_pointer()
    {
        byte[] message = [.. new byte[12], .. WireText.Name("corp.example"), 3, (byte)'w', (byte)'w', (byte)'w', 0xC0, 12, 0xFF];

        Assert.True(DnsName.TrySkip(message, 26, out var end));
        Assert.Equal(message.Length - 1, end);
    }

    [Theory]
    [InlineData(new byte[] { 0xC0, 12 })]                        // at itself
    [InlineData(new byte[] { 0xC0, 14, 0xC0, 12 })]              // forwards
    [InlineData(new byte[] { 1, 97, 0xC0, 12 })]                 // at its own start: a loop
    [InlineData(new byte[] { 0xC0, 4 })]                         // into the header
    [InlineData(new byte[] { 0xC0 })]                            // half a pointer
    [InlineData(new byte[] { 0x40, 0 })]                         // reserved label types
    [InlineData(new byte[] { 0x80, 0 })]
    [InlineData(new byte[] { 3, 97, 97 })]                       // cut off
    [InlineData(new byte[] { })]
    public void Refuses_a_malformed_name(byte[] name)
    {
        Assert.False(DnsName.TrySkip([.. new byte[12], .. name], 12, out _));
    }

    [Fact]
    public void Refuses_two_pointers_that_point_at_each_other()
    {
        byte[] message = [.. new byte[12], 0xC0, 14, 0xC0, 12];

        Assert.False(DnsName.TrySkip(message, 14, out _));
    }

    [Theory]
    [InlineData(63, true)]      // 63+1 three times, 61+1, root: 255
    [InlineData(64, false)]
    public void A_name_may_have_255_bytes_and_no_more(int total, bool isFine)
    {
        var last = new string('d', total - 2);
        byte[] message = [.. new byte[12], .. Labels(63, 63, 63), .. WireText.Name(last)];

        Assert.Equal(isFine, DnsName.TrySkip(message, 12, out _));
    }

    [Fact]
    public void A_name_grown_too_long_by_pointers_is_refused()
    {
        // A name of 193 bytes, and one that puts 64 and then 63 more in front of it.
        byte[] first = [.. Labels(63, 63, 63), 0];
        byte[] message = [.. new byte[12], .. first, .. Labels(62), 0xC0, 12];

        Assert.False(DnsName.TrySkip(message, 12 + first.Length, out _));
    }

    [Fact]
    public void Keys_of_names_that_differ_in_case_are_equal()
    {
        Assert.Equal(DnsName.ToKey(WireText.Name("www.corp.example")), DnsName.ToKey(WireText.Name("WWW.Corp.eXAMPLE")));
    }

    [Fact]
    public void A_label_with_a_dot_in_it_is_not_two_labels()
    {
        byte[] dotted = [3, (byte)'a', (byte)'.', (byte)'b', 0];

        Assert.NotEqual(DnsName.ToKey(WireText.Name("a.b")), DnsName.ToKey(dotted));
    }

    [Theory]
    [InlineData("corp.example")]
    [InlineData("corp.example.")]
    [InlineData("CORP.Example")]
    public void Text_gives_the_key_of_the_name_it_spells(string text)
    {
        Assert.True(DnsName.TryParse(text, out var key));
        Assert.Equal(DnsName.ToKey(WireText.Name("corp.example")), key);
    }

    [Fact]
    public void A_dot_is_the_root()
    {
        Assert.True(DnsName.TryParse(".", out var key));
        Assert.Equal("\0", key);
    }

    [Theory]
    [InlineData("")]
    [InlineData("..")]
    [InlineData("a..b")]
    [InlineData(".a")]
    [InlineData("bücher.example")]
    [InlineData("a b.example")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.example")]
    public void Refuses_text_that_is_no_name(string text)
    {
        Assert.False(DnsName.TryParse(text, out _));
    }

    private static byte[] Labels(params int[] lengths) =>
        [.. lengths.SelectMany(length => Enumerable.Repeat((byte)'a', length).Prepend((byte)length))];
}
