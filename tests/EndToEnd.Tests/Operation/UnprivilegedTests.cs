using EndToEnd.Tests.Network;
using EndToEnd.Tests.Programs;
using TestSupport.Prerequisites;
using Xunit.Abstractions;

namespace EndToEnd.Tests.Operation;

/// <summary>The gateway as "nobody" with two capabilities, as systemd or a container runs it.</summary>
public sealed class UnprivilegedTests(ITestOutputHelper report) : Scenario(report)
{
    protected override Site NewSite() => new UnprivilegedSite();

    [RequiresFact("ip", "nft", "ping", "setpriv")]
    public async Task Two_capabilities_are_enough_for_all_of_it()
    {
        var status = await File.ReadAllLinesAsync($"/proc/{Gateway.Id}/status");
        Assert.Contains("Uid:\t65534\t65534\t65534\t65534", status);
        // CAP_NET_BIND_SERVICE (10) and CAP_NET_ADMIN (12) of capabilities(7), in every set.
        foreach (var set in new[] { "CapPrm", "CapEff", "CapBnd" }) Assert.Contains($"{set}:\t0000000000001400", status);
        Assert.DoesNotContain("Running as root", Gateway.Log);

        var client = Dial();
        await client.WaitForRoutesAsync();
        await PingAsync(client, Laboratory.InsideHost);
        await PingAsync(client, Laboratory.InsideHost6);
        Assert.Contains(GatewayFiles.Device, await Laboratory.GatewayNamespace.RunAsync("nft", "list", "tables"));

        // The new certificate is read, and leases are written, with the rights of "nobody" too.
        await Gateway.KillAsync();
        await Gateway.RestartAsync();
        await Dial("bob", Laboratory.Other).WaitForAddressAsync();
    }
}
