using SstpClient.Probe;

namespace SstpClient.Tests.Probe;

public sealed class ProbeTargetTests
{
    [Theory]
    [InlineData("vpn.example", "vpn.example", 443, "vpn.example")]
    [InlineData("https://vpn.example", "vpn.example", 443, "vpn.example")]
    [InlineData("HTTPS://vpn.example:8443/", "vpn.example", 8443, "vpn.example:8443")]
    [InlineData("vpn.example:8443", "vpn.example", 8443, "vpn.example:8443")]
    [InlineData("192.0.2.1", "192.0.2.1", 443, "192.0.2.1")]
    [InlineData("192.0.2.1:8443", "192.0.2.1", 8443, "192.0.2.1:8443")]
    [InlineData("2001:db8::1", "2001:db8::1", 443, "[2001:db8::1]")]
    [InlineData("[2001:db8::1]", "2001:db8::1", 443, "[2001:db8::1]")]
    [InlineData("[2001:db8::1]:8443", "2001:db8::1", 8443, "[2001:db8::1]:8443")]
    public void Reads_a_host_with_or_without_port(string text, string host, int port, string authority)
    {
        Assert.True(ProbeTarget.TryParse(text, out var target));
        Assert.Equal((host, port, authority), (target!.Host, target.Port, target.Authority));
    }

    [Theory]
    [InlineData("")]
    [InlineData("vpn.example:")]
    [InlineData("vpn.example:0")]
    [InlineData("vpn.example:65536")]
    [InlineData("https://")]
    [InlineData("https://vpn.example/path")]
    [InlineData("http://vpn.example")]
    [InlineData("vpn example")]
    [InlineData("bücher.example")]
    [InlineData("[2001:db8::1]:x")]
    [InlineData("[vpn.example]:443")]
    public void Refuses_anything_else(string text)
    {
        Assert.False(ProbeTarget.TryParse(text, out _));
    }
}
