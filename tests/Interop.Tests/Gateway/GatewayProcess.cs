using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using TestSupport.Files;
using TestSupport.Namespaces;
using TestSupport.Processes;
using TestSupport.Waiting;

namespace Interop.Tests.Gateway;

/// <summary>The gateway as its users run it: a process with one YAML file, looked at through its administration socket.</summary>
public sealed class GatewayProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartDeadline = TimeSpan.FromSeconds(30);

    private readonly NetworkNamespace _namespace;
    private readonly HttpClient _admin;
    private ChildProcess _process;

    private GatewayProcess(NetworkNamespace @namespace, GatewayFiles files)
    {
        _namespace = @namespace;
        Files = files;
        _admin = new HttpClient(new SocketsHttpHandler { ConnectCallback = ConnectAdminAsync })
        {
            BaseAddress = new Uri("http://gateway"),
        };
        _process = Launch();
    }

    public GatewayFiles Files { get; }

    /// <summary>What it printed since it was started last.</summary>
    public string Log => _process.Output;

    public static async Task<GatewayProcess> StartAsync(NetworkNamespace @namespace, GatewayFiles files)
    {
        var gateway = new GatewayProcess(@namespace, files);
        try
        {
            await gateway.WaitUntilReadyAsync();
            return gateway;
        }
        catch
        {
            await gateway.DisposeAsync();
            throw;
        }
    }

    /// <summary>Ends it without a chance to tidy up, and starts it again from the same files.</summary>
    public async Task KillAndRestartAsync()
    {
        _process.Signal(Signal.Kill);
        await _process.WaitForExitAsync(TimeSpan.FromSeconds(5));
        await _process.DisposeAsync();
        _process = Launch();
        await WaitUntilReadyAsync();
    }

    /// <summary>The calls it knows of, as its administration endpoint lists them.</summary>
    public async Task<IReadOnlyList<JsonElement>> SessionsAsync()
    {
        using var document = JsonDocument.Parse(await _admin.GetStringAsync("/sessions"));
        var list = document.RootElement.ValueKind == JsonValueKind.Array
            ? document.RootElement
            : document.RootElement.GetProperty("sessions");
        return [.. list.EnumerateArray().Select(session => session.Clone())];
    }

    /// <summary>The sum of all samples of a metric whose labels contain a text; 0 when there is none yet.</summary>
    /// <param name="name">As in the Prometheus text.</param>
    /// <param name="label">Such as <c>reason="credentials"</c>; empty for any.</param>
    public async Task<double> MetricAsync(string name, string label = "")
    {
        var text = await _admin.GetStringAsync("/metrics");
        return text.Split('\n')
            .Where(line =>
                line.StartsWith(name + "{", StringComparison.Ordinal) || line.StartsWith(name + " ", StringComparison.Ordinal))
            .Where(line => line.Contains(label, StringComparison.Ordinal))
            .Sum(line => double.Parse(line[(line.LastIndexOf('}') + 1)..].Trim(' ').Split(' ')[^1]));
    }

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        _admin.Dispose();
    }

    private ChildProcess Launch() =>
        _namespace.Start(Files.LogFile, "dotnet", Program, "run", "--config", Files.Configuration);

    /// <summary>SSTP_GATEWAY names another build of it: tests/mutation runs these
    /// tests against gateways broken on purpose.</summary>
    private static string Program =>
        Environment.GetEnvironmentVariable("SSTP_GATEWAY") is { Length: > 0 } other
            ? other
            : Repository.Program("SstpGateway", "sstp-gateway");

    private Task WaitUntilReadyAsync() =>
        Eventually.TrueAsync($"the gateway to be ready; it said:\n{Log}", StartDeadline, async () =>
        {
            if (_process.HasExited) throw new CommandFailedException($"the gateway ended at its start:\n{Log}");

            try
            {
                using var answer = await _admin.GetAsync("/readyz");
                return answer.StatusCode == HttpStatusCode.OK;
            }
            catch (HttpRequestException)
            {
                return false;   // Its administration socket is not there yet.
            }
        });

    private async ValueTask<Stream> ConnectAdminAsync(SocketsHttpConnectionContext context, CancellationToken stopping)
    {
        // A path is the same in every network namespace.
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(Files.AdminSocket), stopping);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
