using Interop.Tests.Guest;
using Interop.Tests.Network;
using TestSupport.Prerequisites;
using TestSupport.Waiting;
using Xunit.Abstractions;

namespace Interop.Tests.Scenarios;

public sealed class RedialTests(Laboratory laboratory, ITestOutputHelper report) : GuestScenario(laboratory, report)
{
    [RequiresFact("linux.uml", "sstpc", "pppd")]
    public async Task After_kill_9_and_restart_of_the_gateway_the_client_redials_and_gets_the_same_address()
    {
        // Another user comes first, so that "the same address" is not simply the first of the pool.
        var other = Dial(new SstpcOptions());
        await other.WaitForAddressAsync(Soon);
        await HangUpAsync();
        var call = Dial(new SstpcOptions { User = "bob", Persist = true });
        var before = await call.WaitForAddressAsync(Soon);
        await ReachInsideAsync();

        await Gateway.KillAndRestartAsync();
        await Eventually.TrueAsync("pppd to have dialled again", Soon, async () =>
            (await call.PppLogAsync()).Split("local  IP address").Length == 3);
        var after = await call.WaitForAddressAsync(Soon);

        Assert.Equal(before, after);
        await ReachInsideAsync();
        Assert.Contains($"\"{after}\"", Assert.Single(await Gateway.SessionsAsync()).GetRawText());
    }

    private Task<string> ReachInsideAsync() =>
        Guest.RunAsync($"ip route replace {Laboratory.InsideNetwork} dev ppp0 && ping -c 1 -W 5 {Laboratory.InsideHost}");
}
