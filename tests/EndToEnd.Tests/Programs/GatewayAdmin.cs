using System.Globalization;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using TestSupport.Waiting;

namespace EndToEnd.Tests.Programs;

/// <summary>A gateway seen through its administration socket.</summary>
public sealed class GatewayAdmin : IDisposable
{
    private readonly HttpClient _http;

    /// <param name="socketPath">The same in every network namespace, being a path.</param>
    public GatewayAdmin(string socketPath)
    {
        var connections = new SocketsHttpHandler
        {
            ConnectCallback = async (_, stopping) =>
            {
                var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                try
                {
                    await socket.ConnectAsync(new UnixDomainSocketEndPoint(socketPath), stopping);
                    return new NetworkStream(socket, ownsSocket: true);
                }
                catch
                {
                    socket.Dispose();
                    throw;
                }
            },
        };
        _http = new HttpClient(connections) { BaseAddress = new Uri("http://gateway"), Timeout = TimeSpan.FromSeconds(10) };
    }

    public Task<HttpResponseMessage> GetAsync(string path) => _http.GetAsync(path);

    public Task<HttpResponseMessage> DeleteAsync(string path) => _http.DeleteAsync(path);

    public Task<HttpResponseMessage> PostAsync(string path) => _http.PostAsync(path, null);

    public async Task<IReadOnlyList<JsonElement>> SessionsAsync() =>
        (await _http.GetFromJsonAsync<List<JsonElement>>("/sessions"))!;

    /// <summary>The sum of all samples of a metric whose labels contain a text; 0 when there is none yet.</summary>
    /// <param name="name">As in the Prometheus text.</param>
    /// <param name="label">Such as <c>reason="isolation"</c>; empty for any.</param>
    public async Task<double> MetricAsync(string name, string label = "")
    {
        var text = await _http.GetStringAsync("/metrics");
        return text.Split('\n')
            .Where(line =>
                line.StartsWith(name + "{", StringComparison.Ordinal) || line.StartsWith(name + " ", StringComparison.Ordinal))
            .Where(line => line.Contains(label, StringComparison.Ordinal))
            .Sum(line =>
                double.Parse(line[(line.LastIndexOf('}') + 1)..].Trim(' ').Split(' ')[^1], CultureInfo.InvariantCulture));
    }

    public Task WaitForMetricAsync(string name, string label, double value, TimeSpan deadline) =>
        Eventually.TrueAsync($"{name}{{{label}}} to be {value}", deadline, async () => await MetricAsync(name, label) == value);

    public Task WaitForSessionsAsync(int count, TimeSpan deadline) =>
        Eventually.TrueAsync($"{count} sessions", deadline, async () => (await SessionsAsync()).Count == count);

    public void Dispose() => _http.Dispose();
}
