using EndToEnd.Tests.RawClient;
using TestSupport.Prerequisites;
using Xunit.Abstractions;

namespace EndToEnd.Tests.BadInput;

public sealed class LongHeaderTests(BadInputSite site, ITestOutputHelper report) : BadInputScenario(site, report)
{
    private const int SixtyFourKibibytes = 64 * 1024;

    [RequiresFact("ip", "ping")]
    public Task One_field_of_64_KiB_gets_what_a_web_server_says() =>
        RefusesAsync(Octets.Preamble[..^2] + "X-Long: " + new string('a', SixtyFourKibibytes) + "\r\n\r\n");

    [RequiresFact("ip", "ping")]
    public Task Many_fields_of_64_KiB_in_all_get_what_a_web_server_says() =>
        RefusesAsync(
            Octets.Preamble[..^2] + string.Concat(Enumerable.Repeat("X-Many: " + new string('a', 54) + "\r\n", 1024)) + "\r\n");

    [RequiresFact("ip", "ping")]
    public async Task Twelve_KiB_of_fields_are_still_a_call()
    {
        await using var call = await RawCall.ConnectAsync(Attacker);
        await call.SendAsync(Octets.Preamble[..^2] + "Cookie: " + new string('a', 12 * 1024) + "\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 200", await call.ReadHeadAsync());
        await using var logIn = new RawLogIn(call);
        await logIn.AskAsync();
    }

    [RequiresFact("ip", "ping")]
    public async Task A_call_connect_request_sent_ahead_with_the_HTTP_request_is_answered()
    {
        await using var call = await RawCall.ConnectAsync(Attacker);
        await call.SendAsync([.. System.Text.Encoding.ASCII.GetBytes(Octets.Preamble), .. Octets.ConnectRequest]);
        Assert.StartsWith("HTTP/1.1 200", await call.ReadHeadAsync());
        Assert.Equal(2, (await call.ReadPacketAsync())![5]);
    }

    private async Task RefusesAsync(string request)
    {
        await using var call = await RawCall.ConnectAsync(Attacker);
        await call.SendAsync(request);

        var head = await call.ReadHeadAsync();
        Assert.StartsWith("HTTP/1.1 400 Bad Request\r\n", head);
        Assert.Contains("Connection: close\r\n", head);
        // It closes by itself, also to one who would send on.
        Assert.EndsWith("</html>\r\n", System.Text.Encoding.ASCII.GetString(await call.ReadToEndAsync()));
    }
}
