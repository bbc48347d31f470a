using System.Text.Json;
using EndToEnd.Tests.Network;
using EndToEnd.Tests.Programs;
using TestSupport.Files;
using TestSupport.Prerequisites;
using Xunit.Abstractions;

namespace EndToEnd.Tests.Operation;

[Collection(ManyCallsCollection.Name)]
public sealed class ManyCallsTests(ITestOutputHelper report) : Scenario(report)
{
    private const int Calls = 200;

    protected override Site NewSite() => new()
    {
        Options = new GatewayOptions { Limits = $"{{callsPerUser: {Calls}, connectionsPerSource: {Calls + 10}}}" },
    };

    [RequiresFact("ip")]
    public async Task Two_hundred_calls_at_once_come_up_carry_packets_and_go()
    {
        var folder = Laboratory.Folder;
        var password = folder.Write("alice.password", GatewayOptions.Password + "\n");
        var authority = folder.Write("authority.pem", Laboratory.Authority.CertificatePem);
        var droppedBefore = await DroppedAsync();
        await using var load = Laboratory.Client.Namespace.Start(
            folder.File("load.log"),
            "dotnet", Repository.Program("SstpClient", "sstp-client"), "load", $"https://{Laboratory.GatewayName}",
            "--user", "alice", "--password-file", password, "--ca", authority,
            "--calls", $"{Calls}", "--parallel", $"{Calls}", "--hold", "5s", "--echoes", "16", "--size", "1400", "--json");

        await load.WaitForOutputAsync("\"failures\":[]", TimeSpan.FromMinutes(3));
        var sessions = await Admin.SessionsAsync();
        Assert.Equal(Calls, sessions.Count);
        Assert.Equal(Calls, sessions.Select(session => session.GetProperty("address4").GetString()).Distinct().Count());
        Assert.Equal(Calls, sessions.Select(session => session.GetProperty("prefix6").GetString()).Distinct().Count());

        Assert.Equal(0, await load.WaitForExitAsync(TimeSpan.FromMinutes(1)));
        var reports = load.Output.Split('\n').Where(line => line.StartsWith('{'))
            .Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.Equal(Calls, reports[0].GetProperty("setupSeconds").GetArrayLength());
        Assert.Equal(0, reports[1].GetProperty("lost").GetInt32());
        Assert.True(reports[1].GetProperty("echoes").GetInt64() >= Calls, load.Output);
        Assert.True(reports[1].GetProperty("slowestShare").GetDouble() > 0, load.Output);
        // 3,200 packets were in flight, more than the device's queues hold: the pollers emptied them as fast as they filled them.
        Assert.Equal(droppedBefore, await DroppedAsync());
        await Admin.WaitForSessionsAsync(0, Soon);
        Assert.Equal(Calls, await Admin.MetricAsync("sstp_gateway_calls_ended_total", "reason=\"peer_disconnected\""));
    }

    private Task<string> DroppedAsync() =>
        Laboratory.GatewayNamespace.RunAsync("cat", "/sys/class/net/sstp0/statistics/tx_dropped");
}
