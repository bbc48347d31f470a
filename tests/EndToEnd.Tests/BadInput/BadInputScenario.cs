using EndToEnd.Tests.Network;
using EndToEnd.Tests.Programs;
using EndToEnd.Tests.RawClient;
using TestSupport.Namespaces;
using Xunit.Abstractions;

namespace EndToEnd.Tests.BadInput;

/// <summary>A client that breaks the rules, beside one that keeps them. After each test the other call is looked at:
/// it must be the same.</summary>
[Collection(BadInputCollection.Name)]
public abstract class BadInputScenario(BadInputSite site, ITestOutputHelper report) : Scenario(report, site)
{
    private string _healthyBefore = "";

    protected NetworkNamespace Attacker => Laboratory.Client.Namespace;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        _healthyBefore = await HealthySessionAsync();
    }

    public override async Task DisposeAsync()
    {
        try
        {
            // The attacker's calls are gone, the other one is where it was, and packets pass.
            await Admin.WaitForSessionsAsync(1, Soon);
            Assert.Equal(_healthyBefore, await HealthySessionAsync());
            await PingAsync(site.Healthy, Laboratory.InsideHost);
            Assert.DoesNotContain("mistake of this program", GatewayLog);
            Assert.DoesNotContain("internal error", GatewayLog);
        }
        finally
        {
            await base.DisposeAsync();
        }
    }

    /// <summary>The gateway says CALL_ABORT with just this status, and closes.</summary>
    protected static async Task ExpectAbortAsync(RawLogIn logIn, byte about, byte status)
    {
        Assert.Equal(Octets.Abort(about, status), await logIn.ReadAbortAsync());
        await ExpectEndAsync(logIn);
    }

    /// <summary>The gateway closes without a word of SSTP about it.</summary>
    protected static async Task ExpectSilentEndAsync(RawLogIn logIn) => Assert.Null(await logIn.ReadAbortAsync());

    /// <summary>The call goes on: an SSTP echo comes back.</summary>
    protected static async Task ExpectLifeAsync(RawLogIn logIn)
    {
        await logIn.Call.SendAsync(Octets.EchoRequest);
        while (true)
        {
            var packet = await logIn.Call.ReadPacketAsync();
            Assert.NotNull(packet);
            if (packet.AsSpan().SequenceEqual(Octets.EchoResponse)) return;
        }
    }

    private static async Task ExpectEndAsync(RawLogIn logIn)
    {
        // An abort is answered by an abort; then the gateway closes within a second (MS-SSTP 3.1.2, abort timer 2).
        await logIn.Call.SendAsync(Octets.Abort(2, 5));
        Assert.Empty(await logIn.Call.ReadToEndAsync());
    }

    private async Task<string> HealthySessionAsync()
    {
        var session = (await Admin.SessionsAsync()).Single(session => session.GetProperty("user").GetString() == "bob");
        return $"{session.GetProperty("id")} {session.GetProperty("since")} {session.GetProperty("address4")}";
    }
}
