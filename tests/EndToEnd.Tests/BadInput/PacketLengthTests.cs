using EndToEnd.Tests.Network;
using EndToEnd.Tests.RawClient;
using TestSupport.Prerequisites;
using Xunit.Abstractions;

namespace EndToEnd.Tests.BadInput;

/// <summary>The length of an SSTP packet counts its four octets of header (MS-SSTP 2.2.1):
/// less makes no sense of all that follows.</summary>
public sealed class PacketLengthTests(BadInputSite site, ITestOutputHelper report) : BadInputScenario(site, report)
{
    [RequiresFact("ip", "ping")]
    public async Task A_length_of_0_to_3_closes_the_connection_without_a_word()
    {
        for (byte length = 0; length < 4; length++)
        {
            foreach (byte control in new byte[] { 0, 1 })
            {
                await using var logIn = await RawLogIn.StartAsync(Attacker);
                await logIn.Call.SendAsync([0x10, control, 0, length]);
                Assert.Empty(await logIn.Call.ReadToEndAsync());
            }
        }
    }

    [RequiresFact("ip", "ping")]
    public async Task A_length_of_0_to_3_closes_a_call_that_is_up()
    {
        for (byte length = 0; length < 4; length++)
        {
            await using var logIn = await RawLogIn.ConnectAsync(Attacker);
            await logIn.Call.SendAsync([0x10, 0, 0, length]);
            await ExpectSilentEndAsync(logIn);
        }
    }

    [RequiresFact("ip", "ping")]
    public async Task Bits_that_are_reserved_are_no_part_of_the_length()
    {
        await using var logIn = await RawLogIn.AskAsync(Attacker);
        var echo = Octets.EchoRequest.ToArray();
        (echo[1], echo[2]) = (0xFF, 0xF0);
        await logIn.Call.SendAsync(echo);
        await ExpectLifeAsync(logIn);
    }
}
