using System.Diagnostics;
using GatewayConfig.Dns;
using SstpGateway.Tests.Dns.Support;

namespace SstpGateway.Tests.Dns;

/// <summary>A client that nobody here wrote.</summary>
public sealed class DigTests
{
    [DigFact]
    public async Task Dig_reads_an_answer_by_udp_and_by_tcp()
    {
        await using var server = FakeServer.Giving("192.0.2.1");
        await using var forwarder = new RunningForwarder(Config(server));

        Assert.Equal("192.0.2.1", (await DigAsync(forwarder, "www.example", "A", "+short")).Trim());
        Assert.Equal("192.0.2.1", (await DigAsync(forwarder, "www.example", "A", "+short", "+tcp")).Trim());
        Assert.Equal("192.0.2.1", (await DigAsync(forwarder, "www.example", "A", "+short", "+noedns")).Trim());
    }

    [DigFact]
    public async Task Dig_finds_nothing_to_warn_about_and_sees_our_edns()
    {
        await using var server = new FakeServer(query =>
            WireText.Reply(query.Message, [RecordText.Address("192.0.2.1")], additionals: [RecordText.Edns()]));
        await using var forwarder = new RunningForwarder(Config(server));

        var text = await DigAsync(forwarder, "www.example", "A", "+dnssec");

        Assert.Contains("status: NOERROR", text);
        Assert.Contains("flags: qr rd ra;", text);
        Assert.Contains("EDNS: version: 0, flags: do; udp: 1232", text);
        Assert.DoesNotContain("WARNING", text);
        Assert.DoesNotContain("Warning", text);
    }

    [DigFact]
    public async Task Dig_turns_to_tcp_when_the_answer_does_not_fit()
    {
        await using var server = new FakeServer(query => WireText.Reply(query.Message, [RecordText.Text(3000)]));
        await using var forwarder = new RunningForwarder(Config(server));

        var text = await DigAsync(forwarder, "www.example", "TXT");

        Assert.Contains("Truncated, retrying in TCP mode", text);
        Assert.Contains("(TCP)", text);
        Assert.Contains("ANSWER: 1", text);
    }

    [DigFact]
    public async Task Dig_is_told_about_names_that_do_not_exist_and_transfers_that_are_not_given()
    {
        await using var server = new FakeServer(query =>
            WireText.Reply(query.Message, [], [RecordText.StartOfAuthority(900, 30)], flags: 0x8183));
        await using var forwarder = new RunningForwarder(Config(server));

        Assert.Contains("status: NXDOMAIN", await DigAsync(forwarder, "no.example", "A"));
        Assert.Contains("Transfer failed", await DigAsync(forwarder, "example", "AXFR"));
        Assert.Contains("status: BADVERS", await DigAsync(forwarder, "no.example", "A", "+edns=1", "+noednsneg"));
    }

    private static DnsConfig Config(FakeServer server) => new() { Servers = [server.Address] };

    private static async Task<string> DigAsync(RunningForwarder forwarder, params string[] arguments)
    {
        var start = new ProcessStartInfo(DigFactAttribute.Program)
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        };
        foreach (var argument in (string[])
        [
            "-r", $"@{forwarder.EndPoint.Address}", "-p", $"{forwarder.EndPoint.Port}", "+time=5", "+tries=1", .. arguments,
        ])
            start.ArgumentList.Add(argument);

        using var dig = Process.Start(start)!;
        var (output, errors) = (dig.StandardOutput.ReadToEndAsync(), dig.StandardError.ReadToEndAsync());
        await dig.WaitForExitAsync().WaitAsync(TestClient.Patience);
        return await output + await errors;
    }
}
