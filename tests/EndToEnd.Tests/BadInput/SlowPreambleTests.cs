using System.Diagnostics;
using EndToEnd.Tests.RawClient;
using TestSupport.Prerequisites;
using Xunit.Abstractions;

namespace EndToEnd.Tests.BadInput;

public sealed class SlowPreambleTests(BadInputSite site, ITestOutputHelper report) : BadInputScenario(site, report)
{
    // For a machine that has other things to do.
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(10);

    [RequiresFact("ip", "ping")]
    public async Task A_request_that_stops_half_way_is_given_up_in_time()
    {
        var before = await Admin.MetricAsync("sstp_gateway_requests_total", "result=\"timeout\"");
        var elapsed = Stopwatch.StartNew();
        await using var call = await RawCall.ConnectAsync(Attacker);
        await call.SendAsync(Octets.Preamble[..60]);

        Assert.Equal("", await call.ReadHeadAsync());
        Assert.InRange(elapsed.Elapsed, BadInputSite.PreambleTimeout, BadInputSite.PreambleTimeout + Margin);
        await Admin.WaitForMetricAsync("sstp_gateway_requests_total", "result=\"timeout\"", before + 1, Soon);
    }

    [RequiresFact("ip", "ping")]
    public async Task A_request_that_trickles_gets_no_more_time_than_one_that_stops()
    {
        var elapsed = Stopwatch.StartNew();
        await using var call = await RawCall.ConnectAsync(Attacker);
        var end = call.ReadHeadAsync();
        foreach (var character in Octets.Preamble)
        {
            try
            {
                await call.SendAsync([(byte)character]);
            }
            catch (IOException)
            {
                break;   // The gateway has closed.
            }

            // Half a second between two characters: what a slow client does, not a wait for something.
            if (await Task.WhenAny(end, Task.Delay(500)) == end) break;
        }

        Assert.Equal("", await end);
        Assert.InRange(elapsed.Elapsed, BadInputSite.PreambleTimeout, BadInputSite.PreambleTimeout + Margin);
    }

    [RequiresFact("ip", "ping")]
    public async Task Silence_after_the_handshake_is_given_up_in_time()
    {
        var elapsed = Stopwatch.StartNew();
        await using var call = await RawCall.ConnectAsync(Attacker);

        Assert.Equal("", await call.ReadHeadAsync());
        Assert.InRange(elapsed.Elapsed, BadInputSite.PreambleTimeout, BadInputSite.PreambleTimeout + Margin);
    }
}
