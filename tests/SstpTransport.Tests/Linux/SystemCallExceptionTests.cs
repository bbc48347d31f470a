using SstpTransport.Linux;

namespace SstpTransport.Tests.Linux;

public class SystemCallExceptionTests
{
    [Fact]
    public void Names_the_missing_capability()
    {
        var error = new SystemCallException("Adding address 10.0.0.1/32", ErrorNumber.NotPermitted);
        Assert.Equal(
            "Adding address 10.0.0.1/32: Operation not permitted (errno 1). The process needs the capability CAP_NET_ADMIN.",
            error.Message);
        Assert.True(error.IsLackOfRights);
    }

    [Fact]
    public void Gives_the_advice_of_the_place_that_failed()
    {
        var error = new SystemCallException("Opening /dev/net/tun", ErrorNumber.NoSuchEntry, "Load tun.");
        Assert.Equal("Opening /dev/net/tun: No such file or directory (errno 2). Load tun.", error.Message);
        Assert.False(error.IsLackOfRights);
    }
}
