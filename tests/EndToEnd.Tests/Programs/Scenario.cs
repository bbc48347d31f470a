using System.Net;
using EndToEnd.Tests.Network;
using TestSupport.Waiting;
using Xunit.Abstractions;

namespace EndToEnd.Tests.Programs;

/// <summary>A test with a gateway and clients; the logs of all go to the test's report.</summary>
/// <param name="shared">A site that several tests use one after the other; null makes one for this test.</param>
public abstract class Scenario(ITestOutputHelper report, Site? shared = null) : IAsyncLifetime
{
    /// <summary>For what takes a second or two on an idle machine.</summary>
    protected static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    private readonly List<ClientProcess> _clients = [];
    private Site? _own;
    private int _logStart;

    protected Laboratory Laboratory => Site.Laboratory;

    protected GatewayProcess Gateway => Site.Gateway;

    protected GatewayAdmin Admin => Gateway.Admin;

    /// <summary>What the gateway logged during this test.</summary>
    protected string GatewayLog => Gateway.Log[Math.Min(_logStart, Gateway.Log.Length)..];

    private Site Site => shared ?? (_own ??= NewSite());

    public virtual async Task InitializeAsync()
    {
        if (shared is null) await Site.InitializeAsync();
        _logStart = Gateway.Log.Length;
    }

    public virtual async Task DisposeAsync()
    {
        foreach (var client in _clients)
        {
            await client.DisposeAsync();
            report.WriteLine($"--- client in {client.Namespace.Name}\n{client.Output}");
        }

        if (_own is not null) await _own.DisposeAsync();
        report.WriteLine($"--- gateway\n{GatewayLog}");
    }

    /// <summary>The site of a test that has one for itself.</summary>
    protected virtual Site NewSite() => new();

    /// <summary>Starts a call with the right password that leaves resolv.conf alone.</summary>
    /// <param name="host">Null is the laboratory's client.</param>
    protected ClientProcess Dial(string user = "alice", ClientHost? host = null, params string[] arguments) =>
        DialWith(GatewayOptions.Password, user, host, ["--no-dns", .. arguments]);

    protected ClientProcess DialWith(string password, string user = "alice", ClientHost? host = null, params string[] arguments)
    {
        var client = ClientProcess.Dial(Laboratory, host ?? Laboratory.Client, user, password, arguments);
        _clients.Add(client);
        return client;
    }

    /// <summary>Waits for words in the log of the gateway, of this test.</summary>
    protected Task WaitForLogAsync(string text) =>
        Eventually.TrueAsync(
            $"\"{text}\" in the gateway's log", Soon, () => Task.FromResult(GatewayLog.Contains(text, StringComparison.Ordinal)));

    /// <summary>One ping that has to come back.</summary>
    protected static async Task PingAsync(ClientProcess client, IPAddress to, params string[] options) =>
        await client.Namespace.RunAsync(["ping", "-c", "1", "-W", "5", .. options, to.ToString()]);

    /// <summary>One ping of which nothing comes back within a second.</summary>
    protected static async Task PingInVainAsync(ClientProcess client, IPAddress to, params string[] options)
    {
        var result = await client.Namespace.TryRunAsync(Soon, ["ping", "-c", "1", "-W", "1", .. options, to.ToString()]);
        Assert.Equal(1, result.ExitCode); // ping(8): no answer; 2 would be another fault
    }
}
