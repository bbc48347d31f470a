using Operator.Certificates.Accounts;
using Operator.Dns;
using Operator.Dns.Providers.Http;
using Operator.Tests.Dns.Sources;

namespace Operator.Tests.Dns.Providers;

/// <summary>Whoever writes a DdnsRecord or an SstpCertificate says whom the operator asks,
/// and is shown the first words of the answer.</summary>
public sealed class LinkLocalTests
{
    [Theory]
    [InlineData("http://169.254.169.254/latest/meta-data/iam/security-credentials/")]
    [InlineData("http://2852039166/")]
    [InlineData("http://[::ffff:169.254.169.254]/")]
    [InlineData("http://[fe80::a9fe:a9fe]/")]
    [InlineData("http://[fd00:ec2::254]/")]
    public async Task Where_clouds_tell_machines_their_credentials_is_not_asked(string url)
    {
        using var services = new HttpMessageInvoker(DnsServices.NewHandler());
        using var authorities = new HttpMessageInvoker(AcmeClients.Tls(null));
        foreach (var sender in (HttpMessageInvoker[])[services, authorities])
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, url);
            var refusal = await Assert.ThrowsAsync<HttpRequestException>(() => sender.SendAsync(request, CancellationToken.None));
            Assert.Contains("link-local", refusal.GetBaseException().Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_service_in_a_private_network_is()
    {
        await using var service = new LoopbackWeb("good");
        using var client = new HttpClient(DnsServices.NewHandler());
        using var request = new HttpRequestMessage(HttpMethod.Get, service.Url);

        var (answer, _) = await new ServiceClient(client, TimeProvider.System).SendAsync(request, CancellationToken.None);

        Assert.Equal("good", answer?.Body);
    }
}
