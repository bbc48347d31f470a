using System.Text.Json.Nodes;
using LocalControlPlane.Tests.Serving;

namespace LocalControlPlane.Tests.Watching;

/// <summary>A watch as a client holds it: lines of JSON, one at a time.</summary>
internal sealed class WatchClient : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly HttpResponseMessage _response;
    private readonly StreamReader _lines;

    private WatchClient(HttpResponseMessage response, Stream body)
    {
        _response = response;
        _lines = new StreamReader(body);
    }

    public static async Task<WatchClient> StartAsync(ApiUnderTest api, string path, string accept = "application/json")
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation("Accept", accept);
        var response = await api.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.True(response.IsSuccessStatusCode, $"the watch was refused with {(int)response.StatusCode}");
        return new WatchClient(response, await response.Content.ReadAsStreamAsync());
    }

    /// <summary>The next frame; null at the end of the watch.</summary>
    public async Task<JsonObject?> NextAsync()
    {
        var line = await _lines.ReadLineAsync().WaitAsync(Patience);
        return line is null ? null : JsonNode.Parse(line)!.AsObject();
    }

    /// <summary>"TYPE name" of the next frame.</summary>
    public async Task<string> NextLineAsync() =>
        await NextAsync() is { } frame ? $"{frame.Text("type")} {frame.Text("object", "metadata", "name")}".TrimEnd() : "end";

    public ValueTask DisposeAsync()
    {
        _lines.Dispose();
        _response.Dispose();
        return ValueTask.CompletedTask;
    }
}
