using LocalControlPlane.Workloads.Processes;

namespace LocalControlPlane.Tests.Workloads;

public class PathMapTests
{
    private static readonly PathMap Map =
        new([("/etc/gw", "/data/config"), ("/etc/gw/tls", "/data/tls"), ("/dev/net/tun", "/dev/net/tun")]);

    [Theory]
    [InlineData("/etc/gw/gateway.yaml", "/data/config/gateway.yaml")]
    [InlineData("/etc/gw/tls/tls.crt", "/data/tls/tls.crt")]
    [InlineData("/etc/gw", "/data/config")]
    [InlineData("--config=/etc/gw/gateway.yaml", "--config=/data/config/gateway.yaml")]
    [InlineData("/etc/gwx/file", "/etc/gwx/file")]
    [InlineData("see /etc/gw/file", "see /etc/gw/file")]
    [InlineData("/dev/net/tun", "/dev/net/tun")]
    [InlineData("--level=debug", "--level=debug")]
    public void A_path_that_begins_with_a_mount_path_leads_to_the_host(string text, string expected) =>
        Assert.Equal(expected, Map.Rewrite(text));
}
