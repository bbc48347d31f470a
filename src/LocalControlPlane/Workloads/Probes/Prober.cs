using System.Net.Sockets;
using System.Text.Json.Nodes;
using LocalControlPlane.Schemas;
using LocalControlPlane.Workloads.Processes;

namespace LocalControlPlane.Workloads.Probes;

/// <summary>Asks a container: over HTTP, by connecting, or by a command.
/// A question without an answer in time is a bad answer.</summary>
internal sealed class Prober : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        PooledConnectionLifetime = TimeSpan.Zero,
#pragma warning disable CA5359 // As a kubelet: the question is whether it answers, not who it is.
        SslOptions = { RemoteCertificateValidationCallback = (_, _, _, _) => true },
#pragma warning restore CA5359
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    /// <param name="action">A probe, or the handler of a lifecycle hook.</param>
    /// <param name="prepared">Where its commands run.</param>
    public async Task<bool> AskAsync(
        JsonNode action, JsonObject container, PreparedContainer prepared, TimeSpan timeout, CancellationToken stopping)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        limit.CancelAfter(timeout);
        try
        {
            if (action.At("httpGet") is { } get) return await GetAsync(get, container, limit.Token).ConfigureAwait(false);
            if (action.At("tcpSocket") is { } socket)
                return await ConnectAsync(socket, container, limit.Token).ConfigureAwait(false);
            if (action.At("exec") is { } exec)
                return await ShortCommand.RunAsync(exec.TextsAt("command").ToList(), prepared, limit.Token).ConfigureAwait(false)
                    == 0;
            return false;
        }
        catch (Exception e) when (e is HttpRequestException or SocketException or OperationCanceledException or IOException
            or UriFormatException or System.ComponentModel.Win32Exception)
        {
            // No answer is the answer; only the end of the runner goes on as what it is.
            stopping.ThrowIfCancellationRequested();
            return false;
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<bool> GetAsync(JsonNode get, JsonObject container, CancellationToken limit)
    {
        var host = get.TextAt("host") ?? "127.0.0.1";
        var path = get.TextAt("path") ?? "/";
        var address = $"{(get.TextAt("scheme") ?? "HTTP").ToLowerInvariant()}://"
            + $"{(host.Contains(':', StringComparison.Ordinal) ? $"[{host}]" : host)}:{Port(get, container)}"
            + $"{(path.StartsWith('/') ? path : "/" + path)}";
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.ConnectionClose = true;
        foreach (var header in get.ObjectsAt("httpHeaders"))
            request.Headers.TryAddWithoutValidation(header.TextAt("name") ?? "", header.TextAt("value"));
        using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit)
            .ConfigureAwait(false);
        return (int)response.StatusCode is >= 200 and < 400;
    }

    private static async Task<bool> ConnectAsync(JsonNode socket, JsonObject container, CancellationToken limit)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(socket.TextAt("host") ?? "127.0.0.1", (int)Port(socket, container), limit)
            .ConfigureAwait(false);
        return true;
    }

    /// <summary>A number, or the name of one of the container's ports.</summary>
    private static long Port(JsonNode action, JsonObject container)
    {
        if (JsonScalar.TryInteger(action.At("port"), out var number)) return number;
        var name = action.TextAt("port");
        if (long.TryParse(name, out var written)) return written;
        return container.ObjectsAt("ports").FirstOrDefault(port => port.TextAt("name") == name)?.NumberAt("containerPort") ?? 0;
    }
}
