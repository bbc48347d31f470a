using Operator.Gateways.Profiles;
using Operator.Resources.VpnGateways;

namespace KubectlSstp.Tests.Profiles;

public class ClientProfileTests
{
    [Fact]
    public void Every_profile_names_the_client_program_it_takes() =>
        Assert.All(
            Enum.GetValues<ClientPlatform>(),
            platform => Assert.Contains("Client: ", ClientProfile.For(platform, Split())[0].Content, StringComparison.Ordinal));

    [Fact]
    public void Windows_gets_routes_suffix_and_rules_for_names_inside()
    {
        var script = ClientProfile.For(ClientPlatform.Windows, Split())[0].Content;

        Assert.Contains(
            "Add-VpnConnection -Name 'office' -ServerAddress 'vpn.example.org:8443' -TunnelType Sstp",
            script, StringComparison.Ordinal);
        Assert.Contains("-SplitTunneling $true", script, StringComparison.Ordinal);
        Assert.Contains(
            "Add-VpnConnectionRoute -ConnectionName 'office' -DestinationPrefix '192.168.10.0/24'",
            script, StringComparison.Ordinal);
        Assert.Contains("-DnsSuffix 'corp.example'", script, StringComparison.Ordinal);
        Assert.Contains(
            "Add-DnsClientNrptRule -Namespace '.corp.example','corp.example' -NameServers '10.254.0.1'",
            script, StringComparison.Ordinal);
        Assert.Contains("-Namespace '.lab.example','lab.example'", script, StringComparison.Ordinal);
    }

    [Fact]
    public void With_everything_in_the_tunnel_there_are_no_routes_and_no_rules()
    {
        var script = ClientProfile.For(ClientPlatform.Windows, Split() with { DefaultRoute = true })[0].Content;

        Assert.DoesNotContain("SplitTunneling", script, StringComparison.Ordinal);
        Assert.DoesNotContain("Route", script, StringComparison.Ordinal);
        Assert.DoesNotContain("Nrpt", script, StringComparison.Ordinal);
    }

    [Fact]
    public void A_private_authority_comes_along_wherever_clients_need_it()
    {
        var subject = Split() with { AuthorityPem = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n" };

        foreach (var platform in Enum.GetValues<ClientPlatform>())
        {
            var files = ClientProfile.For(platform, subject);
            Assert.Equal(subject.AuthorityPem, files[^1].Content);
            Assert.True(
                files[0].Content.Contains("ca.pem", StringComparison.Ordinal)
                || files[0].Content.Contains("LocalMachine\\Root", StringComparison.Ordinal),
                files[0].Content);
        }
    }

    [Fact]
    public void Only_files_with_a_password_are_called_secret()
    {
        Assert.All(ClientProfile.All(Split()), file => Assert.False(file.HoldsPassword));
        foreach (var file in Enum.GetValues<ClientPlatform>()
            .SelectMany(platform => ClientProfile.For(platform, Split() with { User = "alice", Password = "hunter2!" })))
            Assert.Equal(file.Content.Contains("hunter2", StringComparison.Ordinal), file.HoldsPassword);
    }

    [Fact]
    public void Without_a_hostname_there_is_no_profile() =>
        Assert.Null(ProfileSubject.Of(new VpnGateway { Metadata = new() { Name = "office" } }));

    [Theory]
    [InlineData("10.254.0.0/22", "10.254.0.1")]
    [InlineData("10.9.8.7/32", "10.9.8.7")]
    [InlineData("10.255.255.0/24", "10.255.255.1")]
    public void The_forwarder_is_where_the_gateway_answers_inside(string pool, string address) => Assert.Equal(
        [address],
        ProfileSubject.Of(new VpnGateway
        {
            Metadata = new() { Name = "o" }, Spec = new() { Hostname = "h.example", Addressing = new() { Pools4 = [pool] } },
        })!.DnsServers);

    internal static ProfileSubject Split() => ProfileSubject.Of(new VpnGateway
    {
        Metadata = new() { Name = "office", Namespace = "vpn" },
        Spec = new()
        {
            Hostname = "vpn.example.org",
            Listening = new() { Port = 8443 },
            Network = new() { DefaultRoute = false, Routes = ["192.168.10.0/24", "fd00:10::/64"] },
            Addressing = new() { Pools6 = ["fd00:99::/56"] },
            Dns = new()
            {
                SearchDomains = ["corp.example"], Zones = [new() { Zone = "lab.example", Servers = ["192.168.10.2"] }],
            },
        },
    })!;
}
