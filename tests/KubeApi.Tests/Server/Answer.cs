using System.Globalization;
using System.Text;

namespace KubeApi.Tests.Server;

/// <summary>What a test sends back for one request.</summary>
public sealed class Answer(Stream stream, CancellationToken stopping)
{
    /// <summary>The connection is of no use any more.</summary>
    public bool IsCut { get; private set; }

    public Task JsonAsync(string body, int code = 200, string headers = "") =>
        BytesAsync(Encoding.UTF8.GetBytes(body), code, headers);

    /// <param name="headers">Whole lines, each with its end of line.</param>
    public async Task BytesAsync(byte[] body, int code = 200, string headers = "")
    {
        await SendAsync(
            $"HTTP/1.1 {code} Answer\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n{headers}\r\n");
        await stream.WriteAsync(body, stopping);
    }

    /// <summary>metav1.Status.</summary>
    public Task RefuseAsync(int code, string reason, string headers = "") =>
        JsonAsync(
            $$"""{"kind":"Status","apiVersion":"v1","status":"Failure","reason":"{{reason}}","code":{{code}},"message":"scripted {{reason}}"}""",
            code, headers);

    /// <summary>Begins a watch.</summary>
    public Task BeginStreamAsync() =>
        SendAsync("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n");

    /// <summary>One event, with its end of line.</summary>
    public Task EventAsync(string type, string json) =>
        ChunkAsync(Encoding.UTF8.GetBytes($$"""{"type":"{{type}}","object":{{json}}}""" + "\n"));

    public async Task ChunkAsync(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.IsEmpty) return;
        await SendAsync(bytes.Length.ToString("x", CultureInfo.InvariantCulture) + "\r\n");
        await stream.WriteAsync(bytes, stopping);
        await SendAsync("\r\n");
    }

    /// <summary>The end as it should be.</summary>
    public Task EndStreamAsync() => SendAsync("0\r\n\r\n");

    /// <summary>The connection stays, and nothing comes: a black hole.</summary>
    public Task SilenceAsync() => Task.Delay(Timeout.Infinite, stopping);

    /// <summary>The connection goes, in the middle of whatever was being said.</summary>
    public void Cut() => IsCut = true;

    private async Task SendAsync(string text)
    {
        await stream.WriteAsync(Encoding.ASCII.GetBytes(text), stopping);
        await stream.FlushAsync(stopping);
    }
}
