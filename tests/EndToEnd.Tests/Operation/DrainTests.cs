using System.Diagnostics;
using System.Net;
using EndToEnd.Tests.Network;
using EndToEnd.Tests.Programs;
using EndToEnd.Tests.RawClient;
using TestSupport.Prerequisites;
using TestSupport.Processes;
using Xunit.Abstractions;

namespace EndToEnd.Tests.Operation;

public sealed class DrainTests(ITestOutputHelper report) : Scenario(report)
{
    // Longer than any test: what ends before has been hurried.
    protected override Site NewSite() => new() { Options = new GatewayOptions { DrainTime = "1h" } };

    [RequiresFact("ip", "ping")]
    public async Task SIGTERM_drains_and_a_second_one_tells_the_clients_to_go_and_ends_it()
    {
        var client = Dial();
        await client.WaitForRoutesAsync();

        Gateway.Signal(Signal.Terminate);
        await WaitForLogAsync("Draining: no new calls; 1 calls may go on for 01:00:00");
        using (var readiness = await Admin.GetAsync("/readyz"))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, readiness.StatusCode);
            Assert.Contains("draining", await readiness.Content.ReadAsStringAsync());
        }

        await RefusesCallsAsync();
        await PingAsync(client, Laboratory.InsideHost);

        Gateway.Signal(Signal.Terminate);
        Assert.Equal(0, await client.WaitForExitAsync(Soon));
        Assert.Equal(0, await Gateway.WaitForExitAsync(Soon));
        Assert.Contains("disconnected: ", client.Output);
        Assert.DoesNotContain("closed the connection", client.Output);
    }

    [RequiresFact("ip", "ping")]
    public async Task The_drain_ends_when_the_last_call_has_gone_by_itself()
    {
        var client = Dial();
        await client.WaitForRoutesAsync();
        Gateway.Signal(Signal.Terminate);
        await WaitForLogAsync("Draining");

        client.Interrupt();

        Assert.Equal(0, await client.WaitForExitAsync(Soon));
        Assert.Equal(0, await Gateway.WaitForExitAsync(Soon));
    }

    [RequiresFact("ip", "ping")]
    public async Task A_drain_asked_for_by_administration_is_the_same_and_its_time_follows_the_configuration()
    {
        var client = Dial();
        await client.WaitForRoutesAsync();
        Gateway.Files.Write(new GatewayOptions { DrainTime = "2s" });
        Gateway.Signal(Signal.HangUp);
        await WaitForLogAsync("is in force");

        var elapsed = Stopwatch.StartNew();
        using var answer = await Admin.PostAsync("/drain");

        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        Assert.Contains("\"draining\":true", await answer.Content.ReadAsStringAsync());
        Assert.Equal(0, await client.WaitForExitAsync(Soon));
        Assert.Equal(0, await Gateway.WaitForExitAsync(Soon));
        Assert.True(elapsed.Elapsed >= TimeSpan.FromSeconds(2), "the call was not given its time");
    }

    [RequiresFact("ip", "ping")]
    public async Task A_client_that_does_not_answer_the_good_bye_holds_nothing_up()
    {
        await using var stubborn = await RawLogIn.ConnectAsync(Laboratory.Client.Namespace);
        Gateway.Signal(Signal.Terminate);
        await WaitForLogAsync("Draining");

        Gateway.Signal(Signal.Terminate);

        var (_, terminate) = await NextLcpAsync(stubborn);
        Assert.Equal(5, terminate[0]); // Terminate-Request (RFC 1661 5.5)
        byte[]? packet;
        do packet = await stubborn.Call.ReadPacketAsync();
        while (packet is not null && (packet[1] & 1) == 0);
        Assert.NotNull(packet);
        Assert.Equal(6, packet[5]); // CALL_DISCONNECT
        Assert.Equal(0, await Gateway.WaitForExitAsync(Soon));
    }

    private static async Task<(ushort Protocol, byte[] Packet)> NextLcpAsync(RawLogIn logIn)
    {
        while (true)
        {
            var ppp = await logIn.ReadPppAsync();
            if (ppp.Protocol == 0xC021 && ppp.Packet[0] != 1) return ppp;
        }
    }

    private async Task RefusesCallsAsync()
    {
        await using var call = await RawCall.ConnectAsync(Laboratory.Client.Namespace);
        await call.SendAsync(Octets.Preamble);
        // What nginx says to a body of 2^64-1 bytes.
        Assert.StartsWith("HTTP/1.1 400 Bad Request", await call.ReadHeadAsync());
    }
}
