using System.Text;
using SstpProtocol.Dhcp;

namespace SstpProtocol.Tests.Dhcp;

public class DomainNamesTests
{
    [Theory]
    [InlineData("corp.example")]
    [InlineData("corp.example.")]
    public void Codes_labels_with_their_lengths(string name) =>
        Assert.Equal("\u0004corp\u0007example\0"u8.ToArray(), DomainNames.Encode(name));

    [Fact]
    public void Reads_one_name_after_another_and_stops_at_padding()
    {
        ReadOnlySpan<byte> wire = "\u0001a\u0001b\0\u0004corp\0\0\0"u8;

        Assert.True(DomainNames.TryTake(ref wire, out var first));
        Assert.True(DomainNames.TryTake(ref wire, out var second));
        Assert.Equal("a.b", first);
        Assert.Equal("corp", second);
        Assert.False(DomainNames.TryTake(ref wire, out _));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a..b")]
    [InlineData("münchen.example")]
    public void Refuses_to_code_what_is_no_domain_name(string name) =>
        Assert.Throws<ArgumentException>(() => DomainNames.Encode(name));

    [Fact]
    public void Refuses_to_code_overlong_labels_and_names()
    {
        Assert.Throws<ArgumentException>(() => DomainNames.Encode(new string('a', 64)));
        Assert.Throws<ArgumentException>(() => DomainNames.Encode(string.Join('.', Enumerable.Repeat(new string('a', 62), 5))));
        Assert.Equal(65, DomainNames.Encode(new string('a', 63)).Length);
    }

    [Theory]
    [InlineData("\u0004cor")]          // label beyond the end
    [InlineData("\u0004corp")]         // no final zero
    [InlineData("\u0004co p\0")]       // a space
    [InlineData("\u0004c\nrp\0")]      // a line break
    [InlineData("\0")]                 // the root alone
    public void Refuses_to_read(string wire)
    {
        ReadOnlySpan<byte> bytes = Encoding.Latin1.GetBytes(wire);
        Assert.False(DomainNames.TryTake(ref bytes, out var name));
        Assert.Equal("", name);
    }

    [Fact]
    public void Refuses_compression_pointers()
    {
        ReadOnlySpan<byte> bytes = [0xC0, 0x00, 0x00];
        Assert.False(DomainNames.TryTake(ref bytes, out _));
    }

    [Fact]
    public void Reads_nothing_longer_than_a_name_may_be()
    {
        var label = new byte[] { 62 }.Concat(Enumerable.Repeat((byte)'a', 62)).ToArray();
        ReadOnlySpan<byte> bytes = [.. label, .. label, .. label, .. label, .. label, 0];
        Assert.False(DomainNames.TryTake(ref bytes, out _));
    }
}
