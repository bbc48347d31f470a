using System.Net;
using System.Net.Sockets;
using System.Text;

namespace SstpGateway.Tests.Decoy;

/// <summary>A web server behind the decoy that reads one request to its end, says one prepared thing, and closes.
/// Written on sockets so that it sees what was really sent.</summary>
internal sealed class ScriptedBackend : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly TaskCompletionSource stop = new();
    private readonly TaskCompletionSource asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task<string> serving;

    /// <param name="requestEnd">The text with which the request it waits for ends.</param>
    /// <param name="answer">One character an octet; null says nothing and leaves the connection open until disposed.</param>
    public ScriptedBackend(string? answer, string requestEnd = "\r\n\r\n")
    {
        listener.Start();
        serving = ServeAsync(answer, requestEnd);
    }

    public string Address => $"http://{listener.LocalEndpoint}";

    /// <summary>Completes when the request has come.</summary>
    public Task Asked => asked.Task;

    /// <summary>The request as it came over the wire.</summary>
    public Task<string> Request => serving;

    public async ValueTask DisposeAsync()
    {
        listener.Dispose();
        stop.TrySetResult();
        try
        {
            await serving;
        }
        catch (Exception e) when (e is SocketException or IOException)
        {
            // Nobody called: the test did not need it to.
        }
    }

    private async Task<string> ServeAsync(string? answer, string requestEnd)
    {
        using var connection = await listener.AcceptTcpClientAsync();
        var stream = connection.GetStream();
        var request = new StringBuilder();
        var buffer = new byte[4096];
        while (!request.ToString().EndsWith(requestEnd, StringComparison.Ordinal))
        {
            var count = await stream.ReadAsync(buffer);
            if (count == 0) return request.ToString();
            request.Append(Encoding.Latin1.GetString(buffer, 0, count));
        }
        asked.TrySetResult();
        if (answer is null) await stop.Task;
        else await stream.WriteAsync(Encoding.Latin1.GetBytes(answer));
        return request.ToString();
    }
}
