using System.Net;
using GatewayConfig.Dns;
using Microsoft.Extensions.Logging.Abstractions;
using SstpGateway.Dns;
using TestSupport.Ports;
using TestSupport.Time;

namespace SstpGateway.Tests.Dns.Support;

/// <summary>A forwarder on loopback for the time of one test. Clients of the tunnel
/// are 127.0.0.1 and 127.0.1.x, and ::1.</summary>
internal sealed class RunningForwarder : IAsyncDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _running;

    /// <param name="clock">Null: a clock that stands still, so that nothing times out on a busy machine.</param>
    public RunningForwarder(
        DnsConfig config, TimeProvider? clock = null, DnsForwarderSettings? settings = null, IPAddress? address = null)
    {
        Config = config;
        Forwarder = new DnsForwarder(
            () => Config, [address ?? IPAddress.Loopback], IsTunnelClient, NullLogger.Instance, clock ?? new ManualTime(),
            (settings ?? new DnsForwarderSettings()) with { Port = FreePort.Next() });
        Forwarder.Listen();
        EndPoint = Forwarder.EndPoints[0];
        _running = Forwarder.RunAsync(_stopping.Token);
    }

    /// <summary>What the forwarder reads anew for each query.</summary>
    public DnsConfig Config { get; set; }

    public DnsForwarder Forwarder { get; }

    public DnsCounters Counters => Forwarder.Counters;

    public IPEndPoint EndPoint { get; }

    public TestClient NewClient(string address = "127.0.0.1") => new(EndPoint, address);

    public async Task StopAsync()
    {
        await _stopping.CancelAsync();
        await _running.WaitAsync(TestClient.Patience);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _stopping.Dispose();
    }

    private static bool IsTunnelClient(IPAddress address) =>
        address.Equals(IPAddress.Loopback) || address.Equals(IPAddress.IPv6Loopback) || address.ToString().StartsWith("127.0.1.");
}
