using EndToEnd.Tests.Network;
using EndToEnd.Tests.RawClient;
using TestSupport.Prerequisites;
using Xunit.Abstractions;

namespace EndToEnd.Tests.BadInput;

public sealed class PacketVersionTests(BadInputSite site, ITestOutputHelper report) : BadInputScenario(site, report)
{
    [RequiresFact("ip", "ping")]
    public async Task Another_version_than_1_0_closes_the_connection_without_a_word()
    {
        foreach (var version in new byte[] { 0x00, 0x01, 0x11, 0x20, 0xFF })
        {
            await using var logIn = await RawLogIn.StartAsync(Attacker);
            var request = Octets.ConnectRequest.ToArray();
            request[0] = version;
            await logIn.Call.SendAsync(request);
            Assert.Empty(await logIn.Call.ReadToEndAsync());
        }
    }

    [RequiresFact("ip", "ping")]
    public async Task Another_version_than_1_0_closes_a_call_that_is_up()
    {
        await using var logIn = await RawLogIn.ConnectAsync(Attacker);
        var echo = Octets.EchoRequest.ToArray();
        echo[0] = 0x20;
        await logIn.Call.SendAsync(echo);
        await ExpectSilentEndAsync(logIn);
    }
}
