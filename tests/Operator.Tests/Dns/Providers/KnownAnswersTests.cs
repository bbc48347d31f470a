using System.Net;
using DnsProtocol;
using Operator.Dns.Names;
using Operator.Dns.Providers;
using Operator.Dns.Providers.Cloudflare;
using Operator.Dns.Providers.DuckDns;
using Operator.Dns.Providers.Dyndns2;
using Operator.Dns.Providers.Rfc2136;
using Operator.Dns.Providers.Templates;
using TestSupport.Time;

namespace Operator.Tests.Dns.Providers;

/// <summary>Every answer that services are known to give, well formed or not, and the class it lands in:
/// one table for each way to publish.</summary>
public sealed class KnownAnswersTests
{
    private static readonly IPAddress V4 = IPAddress.Parse("192.0.2.1");

    [Theory]
    [InlineData("good 192.0.2.1", "Applied")]
    [InlineData("GOOD 192.0.2.1\r\n", "Applied")]
    [InlineData("\uFEFFgood 192.0.2.1", "Applied")]
    [InlineData("\r\n\r\ngood\t192.0.2.1", "Applied")]
    [InlineData("good", "Applied")]
    [InlineData("good 192.0.2.1,2001:db8::1", "Applied")]
    [InlineData("good 192.0.2.99", "Applied")]
    [InlineData("nochg 192.0.2.1", "Unchanged")]
    [InlineData("good 127.0.0.1", "Abuse")]
    [InlineData("abuse", "Abuse")]
    [InlineData("badagent", "Abuse")]
    [InlineData("badauth", "Auth")]
    [InlineData("badauth", "Auth", 401)]
    [InlineData("", "Auth", 401)]
    [InlineData("", "Auth", 403)]
    [InlineData("nohost", "Config")]
    [InlineData("notfqdn", "Config")]
    [InlineData("nofqdn", "Config")]
    [InlineData("numhost", "Config")]
    [InlineData("!yours", "Config")]
    [InlineData("!active", "Config")]
    [InlineData("!donator", "Config")]
    [InlineData("badsys", "Config")]
    [InlineData("", "Config", 404)]
    [InlineData("dnserr", "Transient")]
    [InlineData("servererror", "Transient")]
    [InlineData("w30m", "Transient")]
    [InlineData("w1h", "Transient")]
    [InlineData("", "Transient", 429)]
    [InlineData("toomanyrequests", "Transient", 429)]
    [InlineData("", "Transient", 500)]
    [InlineData("<html><h1>502 Bad Gateway</h1></html>", "Transient", 502)]
    [InlineData("911", "ProviderDown")]
    [InlineData("911 ddns down", "ProviderDown", 500)]
    [InlineData("", "Unknown")]
    [InlineData("<html>good abuse badauth</html>", "Unknown")]
    [InlineData("goodbye", "Unknown")]
    [InlineData("w0m", "Unknown")]
    [InlineData("w99999999m", "Unknown")]
    [InlineData("{\"status\":\"ok\"}", "Unknown")]
    [InlineData("", "Unknown", 302)]
    [InlineData("\0\0\0", "Unknown")]
    public async Task Dyndns2(string body, string means, int status = 200)
    {
        var service = new ScriptedService().Answer(body, status);
        var provider = new TemplateProvider(
            service.Client, PresetFile.All["dyn"].Template with { User = "u", Password = "secret" }, new ManualTime());

        Assert.Equal(means, Meaning(await provider.ApplyAddressesAsync(Change("vpn.example.com"), CancellationToken.None)));
        Assert.Single(service.Requests);
    }

    [Theory]
    [InlineData("OK", "Applied")]
    [InlineData("OK\n192.0.2.1\n\nUPDATED", "Applied")]
    [InlineData("OK\r\n192.0.2.1\r\n\r\nNOCHANGE", "Unchanged")]
    [InlineData("KO", "Auth")]
    [InlineData("", "Unknown")]
    [InlineData("<html>OK</html>", "Unknown")]
    [InlineData("OKAY", "Unknown")]
    [InlineData("KO", "Transient", 503)]
    [InlineData("", "Transient", 429)]
    public async Task Duck_dns(string body, string means, int status = 200)
    {
        var service = new ScriptedService().Answer(body, status);

        Assert.Equal(means, Meaning(await new DuckDnsProvider(service.Client, "secret-token", new ManualTime())
            .ApplyAddressesAsync(Change("a.duckdns.org"), CancellationToken.None)));
        Assert.Single(service.Requests);
    }

    [Theory]
    [InlineData(400, 6003, "Auth")]
    [InlineData(400, 6103, "Auth")]
    [InlineData(400, 6111, "Auth")]
    [InlineData(403, 9109, "Auth")]
    [InlineData(403, 10000, "Auth")]
    [InlineData(404, 7003, "Config")]
    [InlineData(400, 7000, "Config")]
    [InlineData(400, 1004, "Config")]
    [InlineData(404, 81044, "Transient")]
    [InlineData(400, 81053, "Config")]
    [InlineData(400, 81054, "Config")]
    [InlineData(429, 10300, "Transient")]
    [InlineData(400, 971, "Transient")]
    [InlineData(500, 0, "Transient")]
    [InlineData(503, 0, "Transient")]
    [InlineData(200, 99999, "Unknown")]
    public Task Cloudflare_by_code(int status, int code, string means) =>
        CloudflareAsync(
            $$"""{"success":false,"errors":[{"code":{{code}},"message":"words","error_chain":[]}],"messages":[],"result":null}""",
            status, means);

    [Theory]
    [InlineData(
        """{"success":false,"errors":[{"code":1004,"message":"DNS Validation Error","error_chain":[{"code":9109,"message":"inner"}]}]}""",
        400, "Auth")]
    [InlineData("""{"success":false,"errors":["text"]}""", 400, "Config")]
    [InlineData("""{"success":false,"errors":"text"}""", 400, "Config")]
    [InlineData("""{"success":false,"errors":[{"code":"1004","message":{"a":1}}]}""", 400, "Config")]
    [InlineData("""{"success":"yes","result":[]}""", 200, "Unknown")]
    [InlineData("""{"success":true}""", 200, "Unknown")]
    [InlineData("""{"success":true,"result":{}}""", 200, "Unknown")]
    [InlineData("""{"success":true,"result":[{"name":"example.com"}]}""", 200, "Unknown")]
    [InlineData("""{"result":[]}""", 200, "Unknown")]
    [InlineData("[]", 200, "Unknown")]
    [InlineData("{", 200, "Unknown")]
    [InlineData("", 200, "Unknown")]
    [InlineData("<html>Attention Required! | Cloudflare</html>", 403, "Auth")]
    [InlineData("<html>error code: 522</html>", 522, "Transient")]
    [InlineData("error code: 1015", 429, "Transient")]
    public Task Cloudflare_malformed(string body, int status, string means) => CloudflareAsync(body, status, means);

    [Theory]
    [InlineData(DnsResponseCode.ServerFailure, "Transient")]
    [InlineData(DnsResponseCode.Refused, "Auth")]
    [InlineData(DnsResponseCode.NotAuthoritative, "Config")]
    [InlineData(DnsResponseCode.NotInZone, "Config")]
    [InlineData(DnsResponseCode.NameExists, "Config")]
    [InlineData(DnsResponseCode.RecordsExist, "Config")]
    [InlineData(DnsResponseCode.RecordsMissing, "Config")]
    [InlineData(DnsResponseCode.FormatError, "Config")]
    [InlineData(DnsResponseCode.NotImplemented, "Config")]
    [InlineData((DnsResponseCode)14, "Unknown")]
    public void Dns_update(DnsResponseCode code, string means) =>
        Assert.Equal(means, UpdateFailures.FromCode(code, null).Class.ToString());

    private static async Task CloudflareAsync(string body, int status, string means)
    {
        var service = new ScriptedService().Answer(body, status);
        var provider = new CloudflareProvider(service.Client, new CloudflareSettings("secret-token"), new ManualTime());

        Assert.Equal(means, Meaning(await provider.ApplyAddressesAsync(Change("vpn.example.com"), CancellationToken.None)));
        Assert.Single(service.Requests);
    }

    private static AddressChange Change(string name) => new(DomainName.Parse(name), [V4], null, TimeSpan.FromSeconds(60));

    private static string Meaning(ProviderOutcome outcome) => outcome.FailureOrNull?.Class.ToString() ?? outcome.GetType().Name;
}
