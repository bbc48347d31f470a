using GatewayConfig.Formats;

namespace GatewayConfig.Tests.Formats;

public sealed class AddressFormatTests
{
    [Theory]
    [InlineData("192.0.2.1", true)]
    [InlineData("2001:db8::1", true)]
    [InlineData("10.1", false)]
    [InlineData("010.0.0.1", false)]
    [InlineData("0x0a.0.0.1", false)]
    [InlineData("167772161", false)]
    [InlineData("fe80::1%eth0", false)]
    [InlineData("[2001:db8::1]", false)]
    [InlineData("", false)]
    public void Takes_addresses_only_in_their_usual_spelling(string text, bool expected) =>
        Assert.Equal(expected, HostAddress.TryParse(text, out _));

    [Theory]
    [InlineData("192.0.2.1:53", "192.0.2.1:53")]
    [InlineData("192.0.2.1", "192.0.2.1:7")]
    [InlineData("2001:db8::1", "[2001:db8::1]:7")]
    [InlineData("[2001:db8::1]:53", "[2001:db8::1]:53")]
    public void Adds_the_port_that_is_meant_where_none_is_given(string text, string expected)
    {
        Assert.True(AddressPort.TryParse(text, 7, out var endpoint));
        Assert.Equal(expected, endpoint.ToString());
    }

    [Theory]
    [InlineData("192.0.2.1:65536")]
    [InlineData("192.0.2.1:+53")]
    [InlineData("192.0.2.1:053")]
    [InlineData("[192.0.2.1]:53")]
    [InlineData("192.0.2.1:")]
    [InlineData("2001:db8::1:53x")]
    public void Refuses_ports_and_brackets_that_are_none(string text) => Assert.False(AddressPort.TryParse(text, out _));

    [Theory]
    [InlineData("0.0.0.0/0", true)]
    [InlineData("192.0.2.1/32", true)]
    [InlineData("::/0", true)]
    [InlineData("2001:db8::/129", false)]
    [InlineData("192.0.2.0/024", false)]
    [InlineData("192.0.2.0/", false)]
    [InlineData("/24", false)]
    public void Takes_networks_with_a_length(string text, bool expected) =>
        Assert.Equal(expected, AddressRange.TryParse(text, out _));
}
