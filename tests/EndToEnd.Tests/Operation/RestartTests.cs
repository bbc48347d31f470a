using EndToEnd.Tests.Network;
using EndToEnd.Tests.Programs;
using TestSupport.Prerequisites;
using TestSupport.Processes;
using Xunit.Abstractions;

namespace EndToEnd.Tests.Operation;

/// <summary>What is left of a gateway that is gone, and what a new one gives its clients.</summary>
public sealed class RestartTests(ITestOutputHelper report) : Scenario(report)
{
    [RequiresFact("ip", "nft", "ping")]
    public async Task After_kill_9_nothing_is_left_and_after_the_restart_the_client_that_redials_has_its_addresses_again()
    {
        // Another user comes first, so that "the same address" is not simply the first of the pool.
        var other = Dial("bob", Laboratory.Other);
        await other.WaitForAddressAsync();
        var client = Dial("alice", null, "--redial");
        var before = await client.WaitForAddressAsync();
        var before6 = await client.WaitForAddress6Async();
        other.Interrupt();
        await other.WaitForExitAsync(Soon);
        await Admin.WaitForSessionsAsync(1, Soon);

        await Gateway.KillAsync();
        await AssertNothingIsLeftAsync();
        await Gateway.RestartAsync();

        Assert.Equal(before, await client.WaitForAddressAsync(call: 2));
        await client.WaitForRoutesAsync(call: 2);
        Assert.Equal(before6, await client.WaitForAddress6Async(call: 2));
        await PingAsync(client, Laboratory.InsideHost);
        await PingAsync(client, Laboratory.InsideHost6);
    }

    [RequiresFact("ip", "nft")]
    public async Task An_orderly_end_leaves_nothing_either()
    {
        Assert.Contains(GatewayFiles.Device, await Laboratory.GatewayNamespace.RunAsync("nft", "list", "tables"));

        Gateway.Signal(Signal.Terminate);
        Assert.Equal(0, await Gateway.WaitForExitAsync(Soon));

        await AssertNothingIsLeftAsync();
        Assert.False(Path.Exists(Gateway.Files.AdminSocket), "the administration socket is still there");
    }

    private async Task AssertNothingIsLeftAsync()
    {
        Assert.DoesNotContain(GatewayFiles.Device, await Laboratory.GatewayNamespace.IpAsync("link"));
        Assert.Equal("", (await Laboratory.GatewayNamespace.RunAsync("nft", "list", "tables")).Trim());
        Assert.DoesNotContain("10.77.", await Laboratory.GatewayNamespace.IpAsync("route"));
    }
}
