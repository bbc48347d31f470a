using System.Net.Sockets;
using System.Security.Authentication;
using Operator.Connecting;

namespace Operator.Tests.Connecting;

public class ConnectionFaultTests
{
    [Theory]
    [InlineData(SocketError.TryAgain, "no DNS server answered for the name ca.example; look at /etc/resolv.conf")]
    [InlineData(SocketError.HostNotFound, "there is no address for the name ca.example; is it spelt right?")]
    public void A_name_that_cannot_be_resolved_is_called_that(SocketError error, string words) =>
        Assert.StartsWith(
            words,
            ConnectionFault.Words(
                Failed("Resource temporarily unavailable (ca.example:443)", new SocketException((int)error)), "ca.example"),
            StringComparison.Ordinal);

    [Fact]
    public void A_refused_connection_names_host_and_port_once() => Assert.Equal(
        "Connection refused (ca.example:443)",
        ConnectionFault.Words(
            Failed("Connection refused (ca.example:443)", new SocketException((int)SocketError.ConnectionRefused)),
            "ca.example"));

    [Fact]
    public void What_is_wrong_with_TLS_is_what_the_inner_exception_says() => Assert.Equal(
        "The remote certificate is invalid",
        ConnectionFault.Words(
            Failed(
                "The SSL connection could not be established, see inner exception.",
                new AuthenticationException("The remote certificate is invalid.")),
            "ca.example"));

    private static HttpRequestException Failed(string message, Exception cause) => new(message, cause);
}
