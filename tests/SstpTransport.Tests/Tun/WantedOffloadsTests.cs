using SstpTransport.Tun;

namespace SstpTransport.Tests.Tun;

public sealed class WantedOffloadsTests
{
    [Theory]
    [InlineData(null, TunOffloads.TcpAndUdp)]
    [InlineData("", TunOffloads.TcpAndUdp)]
    [InlineData("all", TunOffloads.TcpAndUdp)]
    [InlineData("tcp", TunOffloads.Tcp)]
    [InlineData("none", TunOffloads.None)]
    public void All_is_wanted_unless_less_is_said(string? said, TunOffloads wanted) =>
        Assert.Equal(wanted, WantedOffloads.Parse(said));
}
