using System.Collections.Concurrent;
using LocalControlPlane.Storage;
using Microsoft.Extensions.Logging.Abstractions;
using LocalControlPlane.Tests.Serving;
using TestSupport.Files;
using TestSupport.Processes;
using TestSupport.Waiting;

namespace LocalControlPlane.Tests.Durability;

/// <summary>The program itself, killed while clients write.</summary>
public sealed class KillTests
{
    private const string ConfigMaps = "/api/v1/namespaces/default/configmaps";
    private const int Writers = 8;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly int Rounds = Environment.GetEnvironmentVariable("SSTP_TEST_LONG") is { Length: > 0 } ? 50 : 3;

    [Fact]
    public async Task Kill_9_loses_nothing_that_was_acknowledged()
    {
        using var folder = new TemporaryFolder("kill");
        var acknowledged = new ConcurrentDictionary<string, string>();
        for (var round = 0; round < Rounds; round++)
        {
            await using var server = await ServerProcess.StartAsync(folder);
            using var client = server.NewClient();
            var before = acknowledged.Count;
            var writers = Enumerable.Range(0, Writers)
                .Select(writer => WriteAsync(client, $"r{round}-w{writer}", acknowledged)).ToArray();
            await Eventually.TrueAsync("some writes", Patience, () => Task.FromResult(acknowledged.Count > before + 100));
            server.Kill();
            await Task.WhenAll(writers);
        }

        await using var store = ObjectStore.Open(
            DataFolder.StoreFileIn(folder.File("data")), HistoryWindow.Default, TimeProvider.System, NullLogger.Instance);
        Assert.All(acknowledged, write =>
        {
            var stored = store.Find(new ObjectKey("configmaps", "default", write.Key));
            Assert.True(stored is not null, $"{write.Key} was acknowledged and is gone");
            Assert.True(
                stored.Revision >= long.Parse(write.Value),
                $"{write.Key} was acknowledged at {write.Value} and is at {stored.Revision}");
        });
        Assert.Equal(acknowledged.Count, acknowledged.Values.Distinct().Count());
        Assert.True(store.Revision >= acknowledged.Values.Max(long.Parse));
    }

    // Creates, and changes every second one, until the server is gone; keeps what was answered.
    private static async Task WriteAsync(HttpClient client, string prefix, ConcurrentDictionary<string, string> acknowledged)
    {
        try
        {
            for (var i = 0; ; i++)
            {
                var name = $"{prefix}-{i}";
                acknowledged[name] = await SendAsync(
                    client, HttpMethod.Post, ConfigMaps, ApiUnderTest.ConfigMap(name), "application/json");
                if (i % 2 == 0)
                    acknowledged[name] = await SendAsync(
                        client, HttpMethod.Patch, $"{ConfigMaps}/{name}",
                        """{"data":{"x":"y"}}""", "application/merge-patch+json");
            }
        }
        catch (HttpRequestException)
        {
            // The server was killed. What it did not answer may or may not be there.
        }
        catch (IOException)
        {
            // As above, in the middle of an answer.
        }
    }

    private static async Task<string> SendAsync(HttpClient client, HttpMethod method, string path, string body, string type)
    {
        using var request = new HttpRequestMessage(method, path) { Content = new StringContent(body, null, type) };
        using var response = await client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, text);
        return System.Text.Json.Nodes.JsonNode.Parse(text).Text("metadata", "resourceVersion");
    }
}
