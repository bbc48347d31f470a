using System.Net;
using System.Text.Json;
using EndToEnd.Tests.Network;
using EndToEnd.Tests.Programs;
using EndToEnd.Tests.RawClient;
using TestSupport.Prerequisites;
using TestSupport.Waiting;
using Xunit.Abstractions;

namespace EndToEnd.Tests.Operation;

/// <summary>A gateway before its first certificate.</summary>
public sealed class PlaceholderTests(ITestOutputHelper report) : Scenario(report)
{
    private static readonly GatewayOptions WithoutCertificate = new() { HasCertificate = false };

    protected override Site NewSite() => new() { Options = WithoutCertificate };

    [RequiresFact("ip", "ping")]
    public async Task The_placeholder_takes_no_calls_and_readiness_says_why_until_a_certificate_comes()
    {
        await using (var call = await RawCall.ConnectAsync(Laboratory.Client.Namespace))
        {
            await call.SendAsync(Octets.Preamble);
            var head = await call.ReadHeadAsync();
            Assert.StartsWith("HTTP/1.1 4", head);
            Assert.DoesNotContain("sstp", head, StringComparison.OrdinalIgnoreCase);
            Assert.Contains("Server: nginx\r\n", head);
        }

        await Admin.WaitForMetricAsync("sstp_gateway_requests_total", "result=\"sstp_refused\"", 1, Soon);
        using (var readiness = await Admin.GetAsync("/readyz"))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, readiness.StatusCode);
            using var report = JsonDocument.Parse(await readiness.Content.ReadAsStringAsync());
            Assert.False(report.RootElement.GetProperty("ready").GetBoolean());
            Assert.Contains("certificate", report.RootElement.GetProperty("obstacles")[0].GetString());
        }

        Gateway.Files.Write(WithoutCertificate with { HasCertificate = true });
        await Eventually.TrueAsync("the gateway to be ready", Soon, async () =>
        {
            using var readiness = await Admin.GetAsync("/readyz");
            return readiness.IsSuccessStatusCode;
        });
        await Dial().WaitForAddressAsync();
    }
}
