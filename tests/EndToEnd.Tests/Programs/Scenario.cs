using EndToEnd.Tests.Network;
using TestSupport.Processes;
using Xunit.Abstractions;

namespace EndToEnd.Tests.Programs;

/// <summary>A test with a gateway, networks and clients of its own; the logs of all go to the test's report.</summary>
public abstract class Scenario(ITestOutputHelper report) : IAsyncLifetime
{
    /// <summary>For what takes a second or two on an idle machine.</summary>
    protected static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    private readonly List<ClientProcess> _clients = [];
    private Laboratory? _laboratory;
    private GatewayProcess? _gateway;

    protected Laboratory Laboratory => _laboratory ?? throw new InvalidOperationException("no laboratory yet");

    protected GatewayProcess Gateway => _gateway ?? throw new InvalidOperationException("no gateway yet");

    protected GatewayAdmin Admin => Gateway.Admin;

    /// <summary>What the gateway starts with.</summary>
    protected virtual GatewayOptions Options => new();

    public virtual async Task InitializeAsync()
    {
        _laboratory = await Laboratory.BuildAsync();
        var files = new GatewayFiles(Laboratory.Folder.Path);
        files.Write(Options);
        files.ReplaceCertificate(Laboratory.Authority.Issue(Laboratory.GatewayName));
        _gateway = await StartGatewayAsync(files);
    }

    public virtual async Task DisposeAsync()
    {
        foreach (var client in _clients)
        {
            await client.DisposeAsync();
            report.WriteLine($"--- client in {client.Namespace.Name}\n{client.Output}");
        }

        if (_gateway is not null)
        {
            await _gateway.DisposeAsync();
            report.WriteLine($"--- gateway\n{_gateway.Log}");
        }

        if (_laboratory is not null) await _laboratory.DisposeAsync();
    }

    protected virtual Task<GatewayProcess> StartGatewayAsync(GatewayFiles files) =>
        GatewayProcess.StartAsync(Laboratory.GatewayNamespace, files);

    /// <summary>Starts a call with the right password.</summary>
    /// <param name="host">Null is the laboratory's client.</param>
    protected ClientProcess Dial(string user = "alice", ClientHost? host = null, params string[] arguments) =>
        DialWith(GatewayOptions.Password, user, host, ["--no-dns", .. arguments]);

    protected ClientProcess DialWith(string password, string user = "alice", ClientHost? host = null, params string[] arguments)
    {
        var client = ClientProcess.Dial(Laboratory, host ?? Laboratory.Client, user, password, arguments);
        _clients.Add(client);
        return client;
    }

    /// <summary>One ping that has to come back.</summary>
    protected static async Task PingAsync(ClientProcess client, System.Net.IPAddress to, params string[] options) =>
        await client.Namespace.RunAsync(["ping", "-c", "1", "-W", "5", .. options, to.ToString()]);

    /// <summary>One ping of which nothing comes back within a second.</summary>
    protected static async Task<CommandResult> PingInVainAsync(ClientProcess client, System.Net.IPAddress to, params string[] options)
    {
        var result = await client.Namespace.TryRunAsync(Soon, ["ping", "-c", "1", "-W", "1", .. options, to.ToString()]);
        Assert.Equal(1, result.ExitCode); // ping(8): no answer; 2 would be another fault
        return result;
    }
}
