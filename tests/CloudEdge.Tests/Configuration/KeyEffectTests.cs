using CloudEdge.Configuration;

namespace CloudEdge.Tests.Configuration;

/// <summary>No key may be read and then ignored.</summary>
public class KeyEffectTests
{
    private static readonly Dictionary<string, (string Value, (string Key, string Value)[] Given)> Changes = new()
    {
        ["cloud"] = ("aws", [("aws:region", "eu-central-1")]),
        ["hostname"] = ("office.example.org", []),
        ["dnsZone"] = ("example.org", []),
        ["location"] = ("hil", []),
        ["serverType"] = ("cx33", []),
        ["image"] = ("debian-13", []),
        ["servers"] = ("3", []),
        ["gateways"] = ("2", []),
        ["sshPublicKey"] = ("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOtherKey", []),
        ["adminRanges"] = ("198.51.100.0/24,2001:db8::/32", []),
        ["vpnRanges"] = ("203.0.113.0/24", []),
        ["http"] = ("true", []),
        ["networkRange"] = ("192.168.0.0/20", []),
        ["floatingAddress"] = ("true", []),
        ["balancer"] = ("proxyProtocol", []),
        ["reverseDns"] = ("false", []),
        ["k3sVersion"] = ("v1.34.1+k3s1", []),
        ["bootstrap"] = ("argoCd", []),
        ["repository"] = ("https://git.example.com/other", []),
        ["revision"] = ("v1.0.0", []),
        ["k3sToken"] = ("given-by-the-user", []),
    };

    public static TheoryData<string> AllKeys => [.. ConfigurationReader.KnownKeys];

    [Theory]
    [MemberData(nameof(AllKeys))]
    public void A_key_changes_the_program(string key)
    {
        var (value, given) = Changes[key];
        var before = Stacks.Least();
        foreach (var (other, text) in given) before[other] = text;

        Assert.NotEqual(Stacks.Program(before), Stacks.Program(new Dictionary<string, string>(before) { [key] = value }));
    }

    [Theory]
    [InlineData("serverType", "t3.large")]
    [InlineData("image", "/aws/service/debian/release/13/latest/amd64")]
    [InlineData("servers", "3")]
    [InlineData("gateways", "2")]
    [InlineData("http", "true")]
    [InlineData("adminRanges", "198.51.100.0/24")]
    [InlineData("vpnRanges", "203.0.113.0/24")]
    [InlineData("networkRange", "172.20.0.0/16")]
    [InlineData("balancer", "tcp")]
    [InlineData("aws:region", "us-east-1")]
    public void A_key_changes_the_program_at_aws_too(string key, string value)
    {
        var before = new Dictionary<string, string>(Stacks.Least()) { ["cloud"] = "aws", ["aws:region"] = "eu-central-1" };

        Assert.NotEqual(Stacks.Program(before), Stacks.Program(new Dictionary<string, string>(before) { [key] = value }));
    }

    [Fact]
    public void A_secret_is_named_and_never_written()
    {
        var program = Stacks.Program(new Dictionary<string, string>(Stacks.Least()) { ["k3sToken"] = "given-by-the-user" });

        Assert.DoesNotContain("given-by-the-user", program, StringComparison.Ordinal);
        Assert.Contains("token: ${k3sToken}", program, StringComparison.Ordinal);
    }
}
