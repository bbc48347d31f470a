using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using EndToEnd.Tests.Cluster;
using EndToEnd.Tests.Network;
using TestSupport.Prerequisites;
using TestSupport.Processes;
using Xunit.Abstractions;

namespace EndToEnd.Tests.Failover;

/// <summary>The promise of a name that fails over, with every program a process of its own.</summary>
public sealed class FailoverTests(ITestOutputHelper report)
{
    /// <summary>Of a look every two seconds; the gate looks every second, to be sooner at the end.</summary>
    private static readonly string Interval = LongRun.IsOn ? "2s" : "1s";

    private static readonly TimeSpan HoldDown = TimeSpan.FromSeconds(LongRun.IsOn ? 30 : 3);

    /// <summary>From the third failed look to the change at the authoritative server.</summary>
    private static readonly TimeSpan MostToSwitch = TimeSpan.FromSeconds(15);

    [RequiresFact("ip", "named", "dig")]
    public async Task When_the_first_gateway_is_killed_the_name_moves_a_client_redials_and_it_goes_back_after_the_hold_down()
    {
        await using var site = await FailoverSite.StartAsync();
        await site.ApplyRecordAsync(
            $"\"kind\":\"Sstp\",\"interval\":\"{Interval}\",\"timeout\":\"2s\"",
            HoldDown.TotalSeconds.ToString("0's'", CultureInfo.InvariantCulture));
        await site.UntilAsync("both targets to be healthy", status =>
            FailoverSite.Health(status, "a") == "True" && FailoverSite.Health(status, "b") == "True");
        Assert.Equal([FailoverSite.First.ToString()], await site.Dns.AskAsync());
        await using var client = site.Dial();
        await client.WaitForAddressAsync();
        Assert.Contains($"{FailoverSite.First}", client.Output, StringComparison.Ordinal);

        var killed = DateTimeOffset.UtcNow;
        await site.FirstGateway.KillAsync();
        var failed = await site.WaitForTurnAsync("a", "unhealthy", killed);
        var moved = await site.Dns.WaitForChangeAsync(FailoverSite.Second, killed);
        await client.WaitForAddressAsync(call: 2);
        var through = DateTimeOffset.UtcNow;

        Report("first gateway killed to third failed look", failed - killed);
        Report("third failed look to the change at the authoritative server", moved - failed);
        Report("killed to the client being through at the second gateway", through - killed);
        // BIND's log has whole milliseconds of a clock that it does not look at for every line: some may be missing.
        Assert.InRange(moved - failed, TimeSpan.FromSeconds(-1), MostToSwitch);
        Assert.Equal([FailoverSite.Second.ToString()], await site.Dns.AskAsync());
        Assert.Contains($"{FailoverSite.Second}", client.Output, StringComparison.Ordinal);

        await site.FirstGateway.RestartAsync();
        await site.UntilAsync("the gateway at home to reach it from outside, and the server to be verified", status =>
            ClusterSite.Condition(status, "Reachable", "reason") == "Reached"
            && ClusterSite.Condition(status, "Verified", "status") == "True");
        Assert.Equal("gateway home", (string?)(await site.StatusAsync())["reachability"]![0]!["point"]);
        var well = await site.WaitForTurnAsync("a", "healthy", through);
        var back = await site.Dns.WaitForChangeAsync(FailoverSite.First, through);
        Report(
            "first gateway healthy again to the change back, with a hold-down of "
            + HoldDown.TotalSeconds.ToString(CultureInfo.InvariantCulture) + " s",
            back - well);
        // times in status are whole seconds
        Assert.True(back - well >= HoldDown - TimeSpan.FromSeconds(1), "it went back within the hold-down");

        // Who is at the second gateway stays there; who dials anew comes to the first.
        Assert.False(client.HasExited);
        AssertQuiet(site.SecondGateway.Log);
        if (LongRun.IsOn) await KillVantageAsync(site);
    }

    /// <summary>Of two points of view that have to agree one is gone: whatever the other sees,
    /// the name stays, and that is said.</summary>
    private static async Task KillVantageAsync(FailoverSite site)
    {
        await Command.RunAsync("kill", "-KILL", site.Cluster.GatewayProcess!.Value.ToString(CultureInfo.InvariantCulture));
        await site.FirstGateway.KillAsync();

        await site.UntilAsync(
            "too few votes", status => ClusterSite.Condition(status, "TargetsHealthy", "reason") == "TooFewVotes");

        Assert.Contains(
            "gateway home", ClusterSite.Condition(await site.StatusAsync(), "TargetsHealthy", "message"),
            StringComparison.Ordinal);
        Assert.Equal([FailoverSite.First.ToString()], await site.Dns.AskAsync());
        await site.FirstGateway.RestartAsync();
    }

    /// <summary>Looks every few seconds must neither fill the log of a gateway
    /// nor look like an attack to what reads it.</summary>
    private static void AssertQuiet(string log)
    {
        Assert.DoesNotContain("fail2ban", log, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("locked out", log, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("of nobody", log, StringComparison.Ordinal);
    }

    private void Report(string what, TimeSpan time)
    {
        var line = string.Create(CultureInfo.InvariantCulture, $"{what}: {time.TotalSeconds:0.000} s");
        report.WriteLine(line);
        Console.WriteLine(line);
    }

    private static string Addresses(JsonNode? list) =>
        string.Join(' ', (list as JsonArray ?? []).Select(entry => (string?)entry));
}
