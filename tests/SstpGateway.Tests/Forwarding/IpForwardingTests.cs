using SstpGateway.Forwarding;
using TestSupport.Files;
using TestSupport.Namespaces;
using TestSupport.Prerequisites;

namespace SstpGateway.Tests.Forwarding;

public sealed class IpForwardingTests : IDisposable
{
    private readonly TemporaryFolder _root = new("forwarding");

    public void Dispose() => _root.Dispose();

    [Fact]
    public void Accepts_what_is_already_on_without_touching_it()
    {
        Settings(ipv4: "1", ipv6: "1", acceptRa: "1");
        var report = Ensure(enable: true);
        Assert.Empty(report.Changed);
        Assert.Empty(report.Problems);
        Assert.Equal("1\n", Setting("ipv6/conf/eth0/accept_ra"));
    }

    [Fact]
    public void Turns_on_what_is_off_and_lets_the_host_keep_its_own_IPv6_router()
    {
        Settings(ipv4: "0", ipv6: "0", acceptRa: "1");
        var report = Ensure(enable: true);
        Assert.Equal(
            ["net.ipv4.ip_forward=1", "net.ipv6.conf.eth0.accept_ra=2", "net.ipv6.conf.all.forwarding=1"], report.Changed);
        Assert.Empty(report.Problems);
        Assert.StartsWith("1", Setting("ipv4/ip_forward"), StringComparison.Ordinal);
        Assert.StartsWith("2", Setting("ipv6/conf/eth0/accept_ra"), StringComparison.Ordinal);
        Assert.All(["default", "sstp0"], device => Assert.Equal("1\n", Setting($"ipv6/conf/{device}/accept_ra")));
    }

    [Fact]
    public void Leaves_a_device_alone_that_takes_no_advertisements()
    {
        Settings(ipv4: "1", ipv6: "0", acceptRa: "0");
        Assert.Equal(["net.ipv6.conf.all.forwarding=1"], Ensure(enable: true).Changed);
    }

    [Fact]
    public void Only_says_what_is_missing_when_it_may_not_turn_it_on()
    {
        Settings(ipv4: "0", ipv6: "0", acceptRa: "1");
        var report = Ensure(enable: false);
        Assert.Empty(report.Changed);
        Assert.Equal(2, report.Problems.Count);
        Assert.Contains("Set net.ipv4.ip_forward=1", report.Problems[0], StringComparison.Ordinal);
        Assert.Equal("0\n", Setting("ipv4/ip_forward"));
    }

    [Fact]
    public void Does_not_ask_for_IPv6_when_the_tunnel_has_none()
    {
        Settings(ipv4: "1", ipv6: "0", acceptRa: "1");
        Assert.Empty(new IpForwarding(_root.Path).Ensure(enable: true, withIpv6: false, "sstp0").Changed);
    }

    [Fact]
    public void Says_what_to_do_when_a_setting_is_not_there()
    {
        Directory.CreateDirectory(Path.Combine(_root.Path, "ipv4"));
        var report = new IpForwarding(_root.Path).Ensure(enable: true, withIpv6: false, "sstp0");
        Assert.Contains("sysctl -w net.ipv4.ip_forward=1", Assert.Single(report.Problems), StringComparison.Ordinal);
    }

    [Fact]
    public void Says_so_when_the_kernel_has_no_IPv6()
    {
        Directory.CreateDirectory(Path.Combine(_root.Path, "ipv4"));
        File.WriteAllText(Path.Combine(_root.Path, "ipv4/ip_forward"), "1\n");
        Assert.Contains("net.ipv6.conf.all.forwarding", Assert.Single(Ensure(enable: true).Problems), StringComparison.Ordinal);
    }

    [RequiresFact("ip", "nft")]
    public void Explains_that_CAP_NET_ADMIN_is_missing() => OwnNamespace.Run(() =>
    {
        var forwarding = new IpForwarding();
        GatewayRights.Assume(withNetAdmin: false);
        var refused = forwarding.Ensure(enable: true, withIpv6: false, "sstp0");
        Assert.Contains("CAP_NET_ADMIN", Assert.Single(refused.Problems), StringComparison.Ordinal);
    });

    private IpForwardingReport Ensure(bool enable) => new IpForwarding(_root.Path).Ensure(enable, withIpv6: true, "sstp0");

    private string Setting(string name) => File.ReadAllText(Path.Combine(_root.Path, name));

    private void Settings(string ipv4, string ipv6, string acceptRa)
    {
        Write("ipv4/ip_forward", ipv4);
        Write("ipv6/conf/all/forwarding", ipv6);
        foreach (var device in new[] { "all", "default", "lo", "eth0", "sstp0" })
            Write($"ipv6/conf/{device}/accept_ra", device == "eth0" ? acceptRa : "1");
    }

    private void Write(string name, string value)
    {
        var path = Path.Combine(_root.Path, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, value + "\n");
    }
}
