using SstpGateway.Dns.Zones;

namespace SstpGateway.Tests.Dns.Zones;

public sealed class DnsServerAddressTests
{
    [Theory]
    [InlineData("192.0.2.1", "192.0.2.1:53")]
    [InlineData("192.0.2.1:5353", "192.0.2.1:5353")]
    [InlineData("2001:db8::1", "[2001:db8::1]:53")]
    [InlineData("[2001:db8::1]:5353", "[2001:db8::1]:5353")]
    public void Reads_an_address_with_or_without_port(string text, string expected)
    {
        Assert.True(DnsServerAddress.TryParse(text, out var server));
        Assert.Equal(expected, server.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("dns.example")]
    [InlineData("192.0.2.1:70000")]
    [InlineData("192.0.2.1:x")]
    public void Refuses_anything_else(string text)
    {
        Assert.False(DnsServerAddress.TryParse(text, out _));
    }
}
