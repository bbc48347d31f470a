using Interop.Tests.Gateway;
using Interop.Tests.Guest;
using Interop.Tests.Network;
using Xunit.Abstractions;

namespace Interop.Tests.Scenarios;

/// <summary>A test with calls from the guest: hangs up at its end, and hands
/// the logs of both ends to the test's report.</summary>
[Collection(LaboratoryCollection.Name)]
public abstract class GuestScenario(Laboratory laboratory, ITestOutputHelper report) : IAsyncLifetime
{
    /// <summary>For steps that take a second or two on an idle machine.</summary>
    protected static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    private readonly List<SstpcCall> _calls = [];
    private int _logStart;

    protected Laboratory Laboratory { get; } = laboratory;

    protected ITestOutputHelper Report { get; } = report;

    protected GuestMachine Guest => Laboratory.Guest;

    protected GatewayProcess Gateway => Laboratory.Gateway;

    public Task InitializeAsync()
    {
        _logStart = Gateway.Log.Length;
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        await HangUpAsync();
        foreach (var call in _calls)
        {
            Report.WriteLine($"--- pppd\n{await call.PppLogAsync()}\n--- sstpc\n{await call.SstpLogAsync()}");
        }

        Report.WriteLine($"--- gateway\n{GatewayLog}\n--- the guest's console\n{Guest.Console}");
    }

    /// <summary>What the gateway logged during this test.</summary>
    protected string GatewayLog => Gateway.Log[Math.Min(_logStart, Gateway.Log.Length)..];

    protected SstpcCall Dial(SstpcOptions options)
    {
        var call = SstpcCall.Dial(Guest, options);
        _calls.Add(call);
        return call;
    }

    /// <summary>Ends all calls of this test that are still up.</summary>
    protected async Task HangUpAsync()
    {
        foreach (var call in _calls) await call.DisposeAsync();
    }
}
