using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using TestSupport.Namespaces;

namespace EndToEnd.Tests.Cluster;

/// <summary>A person at the API server, in the way of curl: shares nothing with the client that the operator uses.</summary>
public sealed partial class ApiClient : IDisposable
{
    private readonly HttpClient _http;

    /// <param name="kubeconfig">With a token.</param>
    public ApiClient(NetworkNamespace @namespace, string kubeconfig)
    {
        var text = File.ReadAllText(kubeconfig);
        var server = new Uri(Server().Match(text).Groups[1].Value);
        var endPoint = new IPEndPoint(IPAddress.Parse(server.Host), server.Port);
        _http = new HttpClient(new SocketsHttpHandler
        {
            ConnectCallback = async (_, stopping) =>
                new NetworkStream(await @namespace.ConnectAsync(endPoint, stopping), ownsSocket: true),
            SslOptions = new SslClientAuthenticationOptions
            {
                // The operator checks the server's certificate; here the namespace is proof enough.
                RemoteCertificateValidationCallback = (_, shown, _, _) => shown is not null,
            },
        })
        {
            BaseAddress = server,
        };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token().Match(text).Groups[1].Value);
    }

    /// <returns>Null when there is none.</returns>
    public Task<JsonNode?> GetAsync(string path) => SendAsync(HttpMethod.Get, path, null, "");

    /// <summary>Whether it says 200 to a path that is for machines.</summary>
    public async Task<bool> AnswersAsync(string path)
    {
        using var response = await _http.GetAsync(path);
        return response.IsSuccessStatusCode;
    }

    public Task<JsonNode?> ApplyAsync(string path, JsonObject manifest) =>
        SendAsync(
            HttpMethod.Patch, $"{path}?fieldManager=person&force=true", manifest.ToJsonString(), "application/apply-patch+yaml");

    /// <param name="manifest">In YAML, as a person writes it.</param>
    public Task<JsonNode?> ApplyYamlAsync(string path, string manifest) =>
        SendAsync(HttpMethod.Patch, $"{path}?fieldManager=person&force=true", manifest, "application/apply-patch+yaml");

    public Task<JsonNode?> PostAsync(string path, JsonObject body) =>
        SendAsync(HttpMethod.Post, path, body.ToJsonString(), "application/json");

    public Task<JsonNode?> MergeAsync(string path, JsonObject patch) =>
        SendAsync(HttpMethod.Patch, path, patch.ToJsonString(), "application/merge-patch+json");

    public Task<JsonNode?> DeleteAsync(string path) => SendAsync(HttpMethod.Delete, path, null, "");

    public void Dispose() => _http.Dispose();

    private async Task<JsonNode?> SendAsync(HttpMethod method, string path, string? body, string contentType)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue(contentType));
        using var response = await _http.SendAsync(request);
        if (response.StatusCode == HttpStatusCode.NotFound && body is null) return null;

        var text = await response.Content.ReadAsStringAsync();
        if (!response.IsSuccessStatusCode) throw new HttpRequestException($"{method} {path}: {(int)response.StatusCode} {text}");
        return JsonNode.Parse(text);
    }

    [GeneratedRegex(@"server: ""?(\S+?)""?\s")]
    private static partial Regex Server();

    [GeneratedRegex(@"token: ""?(\S+?)""?\s")]
    private static partial Regex Token();
}
