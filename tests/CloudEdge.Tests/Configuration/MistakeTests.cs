using CloudEdge.Configuration;

namespace CloudEdge.Tests.Configuration;

public class MistakeTests
{
    [Fact]
    public void The_least_configuration_has_no_mistakes() => Assert.Empty(Stacks.Problems(Stacks.Least()));

    [Fact]
    public void An_empty_configuration_is_told_all_that_it_lacks_at_once()
    {
        var keys = Stacks.Problems(new Dictionary<string, string>()).Select(problem => problem.Key);

        Assert.Equal(["hostname", "sshPublicKey", "adminRanges", "repository"], keys);
    }

    [Theory]
    [InlineData("cloud", "gcp", "hetzner or aws")]
    [InlineData("cloud", "1", "hetzner or aws")]
    [InlineData("hostname", "VPN example", "such as vpn.example.org")]
    [InlineData("dnsZone", "example.com", "a zone that \"vpn.example.org\" is in")]
    [InlineData("location", "frankfurt", "fsn1")]
    [InlineData("serverType", "big one", "such as cx23")]
    [InlineData("image", "debian 12", "such as debian-12")]
    [InlineData("servers", "2", "1, 3 or 5")]
    [InlineData("servers", "many", "a whole number")]
    [InlineData("gateways", "21", "0 to 20")]
    [InlineData("sshPublicKey", "-----BEGIN OPENSSH PRIVATE KEY-----", "never the private one")]
    [InlineData("adminRanges", "[]", "give the CIDR ranges")]
    [InlineData("adminRanges", "[\"192.0.2.7\"]", "is not a CIDR range")]
    [InlineData("adminRanges", "0.0.0.0/0", "to everyone")]
    [InlineData("adminRanges", "[1", "a JSON array")]
    [InlineData("vpnRanges", "[]", "nobody could connect")]
    [InlineData("vpnRanges", "home", "is not a CIDR range")]
    [InlineData("http", "yes", "true or false")]
    [InlineData("networkRange", "8.8.0.0/16", "a private IPv4 range")]
    [InlineData("networkRange", "10.77.1.0/24", "/16 to /22")]
    [InlineData("networkRange", "10.77.0.1/16", "starts where it says")]
    [InlineData("floatingAddress", "maybe", "true or false")]
    [InlineData("balancer", "udp", "none, tcp or proxyProtocol")]
    [InlineData("k3sVersion", "1.33", "v1.33.5+k3s1")]
    [InlineData("bootstrap", "helm", "none, manifests or argoCd")]
    [InlineData("repository", "git@example.org:vpn", "HTTPS address")]
    [InlineData("repository", "https://git.example.org/$(reboot)", "HTTPS address")]
    [InlineData("repository", "https://user:secret@git.example.org/vpn", "HTTPS address")]
    [InlineData("revision", "a branch", "branch, tag or commit")]
    [InlineData("region", "x", "is not a key of this program")]
    public void A_mistake_is_told_with_its_key_and_what_to_give(string key, string value, string told)
    {
        var problem = Assert.Single(Stacks.Problems(new Dictionary<string, string>(Stacks.Least()) { [key] = value }));

        Assert.Equal(key, problem.Key);
        Assert.Contains(told, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Aws_wants_its_region_and_has_no_floating_address()
    {
        var keys = new Dictionary<string, string>(Stacks.Least()) { ["cloud"] = "aws", ["floatingAddress"] = "true" };

        Assert.Equal(["floatingAddress", "aws:region"], Stacks.Problems(keys).Select(problem => problem.Key));
    }

    [Fact]
    public void What_is_not_a_map_of_texts_is_refused()
    {
        ConfigurationReader.TryRead("[]", Stacks.Project, out _, out var problems);

        Assert.Equal("PULUMI_CONFIG", problems[0].Key);
        Assert.Contains("pulumi up", problems[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Keys_of_providers_are_theirs() =>
        Assert.Empty(Stacks.Problems(new Dictionary<string, string>(Stacks.Least()) { ["hcloud:token"] = "secret" }));
}
