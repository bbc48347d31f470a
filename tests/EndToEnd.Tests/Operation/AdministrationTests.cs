using System.Net;
using System.Text.Json;
using EndToEnd.Tests.Network;
using EndToEnd.Tests.Programs;
using TestSupport.Prerequisites;
using Xunit.Abstractions;

namespace EndToEnd.Tests.Operation;

public sealed class AdministrationTests(Site site, ITestOutputHelper report) : Scenario(report, site), IClassFixture<Site>
{
    [RequiresFact("ip", "ping")]
    public async Task A_session_is_listed_with_all_there_is_to_know_and_ended_on_request()
    {
        var client = Dial();
        var address = await client.WaitForAddressAsync();
        await client.WaitForRoutesAsync();
        await PingAsync(client, Laboratory.InsideHost);

        var session = Assert.Single(await Admin.SessionsAsync());
        Assert.Equal("alice", session.GetProperty("user").GetString());
        Assert.Equal(Laboratory.ClientHost, IPEndPoint.Parse(session.GetProperty("source").GetString()!).Address);
        Assert.Equal(address.ToString(), session.GetProperty("address4").GetString());
        Assert.EndsWith("/64", session.GetProperty("prefix6").GetString());
        Assert.Equal("TLS 1.3", session.GetProperty("tlsVersion").GetString());
        Assert.Equal("EapMsChapV2", session.GetProperty("method").GetString());
        Assert.InRange(
            session.GetProperty("since").GetDateTimeOffset(), DateTimeOffset.UtcNow.AddMinutes(-5), DateTimeOffset.UtcNow);
        // A ping of 84 bytes each way at least.
        Assert.True(session.GetProperty("bytesFromClient").GetInt64() >= 84);
        Assert.True(session.GetProperty("bytesToClient").GetInt64() >= 84);
        Assert.Equal(1, await Admin.MetricAsync("sstp_gateway_sessions"));

        using var answer = await Admin.DeleteAsync($"/sessions/{session.GetProperty("id")}");

        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        Assert.Equal(0, await client.WaitForExitAsync(Soon));
        await Admin.WaitForSessionsAsync(0, Soon);
        await WaitForLogAsync("disconnected by an administrator");
        Assert.Equal(0, await Admin.MetricAsync("sstp_gateway_sessions"));
    }

    [RequiresFact("ip")]
    public async Task A_session_that_does_not_exist_cannot_be_ended()
    {
        foreach (var id in new[] { "0", "999999", "-1", "x" })
        {
            using var answer = await Admin.DeleteAsync($"/sessions/{id}");
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }
    }

    [RequiresFact("ip")]
    public async Task A_gateway_that_is_up_is_healthy_and_ready()
    {
        using var health = await Admin.GetAsync("/healthz");
        using var readiness = await Admin.GetAsync("/readyz");

        Assert.Equal(HttpStatusCode.OK, health.StatusCode);
        Assert.Equal(HttpStatusCode.OK, readiness.StatusCode);
        using var report = JsonDocument.Parse(await readiness.Content.ReadAsStringAsync());
        Assert.Empty(report.RootElement.GetProperty("obstacles").EnumerateArray());
    }

    [RequiresFact("ip")]
    public void The_socket_is_for_the_gateways_user_and_group_alone()
    {
        const UnixFileMode others = UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;
        Assert.Equal(UnixFileMode.None, File.GetUnixFileMode(Gateway.Files.AdminSocket) & others);
    }
}
