using LocalControlPlane.Tables;
using LocalControlPlane.Tests.Schemas;

namespace LocalControlPlane.Tests.Tables;

public class JsonPathTests
{
    private const string Document = """
        {"metadata": {"labels": {"app.kubernetes.io/name": "vpn"}},
         "status": {"phase": "Up", "list": [1, 2, 3],
           "conditions": [{"type": "Ready", "status": "True"}, {"type": "DnsReady", "status": "False", "reason": "Wait]"}]}}
        """;

    [Theory]
    [InlineData(".status.phase", "Up")]
    [InlineData("{.status.phase}", "Up")]
    [InlineData("$.status.phase", "Up")]
    [InlineData(".status.conditions[?(@.type==\"Ready\")].status", "True")]
    [InlineData(".status.conditions[?(@.type=='DnsReady')].status", "False")]
    [InlineData(".status.conditions[?(@.type != 'Ready')].type", "DnsReady")]
    [InlineData(".status.conditions[?(@.reason=='Wait]')].type", "DnsReady")]
    [InlineData(".status.list[0]", "1")]
    [InlineData(".status.list[-1]", "3")]
    [InlineData(".status.list[*]", "1 2 3")]
    [InlineData(".status['phase']", "Up")]
    [InlineData(@".metadata.labels.app\.kubernetes\.io/name", "vpn")]
    [InlineData(".metadata.labels['app.kubernetes.io/name']", "vpn")]
    [InlineData(".status.missing.deeper", "")]
    [InlineData(".status.list[9]", "")]
    [InlineData(".status.conditions[?(@.type==\"None\")].status", "")]
    public void Finds_what_a_column_shows(string path, string expected) =>
        Assert.Equal(
            expected, string.Join(' ', JsonPath.Parse(path).Find(Read.Object(Document)).Select(node => node.ToString())));

    [Theory]
    [InlineData("status")]
    [InlineData(".status..phase")]
    [InlineData(".status[")]
    [InlineData(".status[x]")]
    [InlineData(".status[?(x)]")]
    [InlineData(".")]
    public void Refuses_what_it_cannot_read(string path) => Assert.Throws<FormatException>(() => JsonPath.Parse(path));
}
