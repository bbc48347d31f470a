using System.Buffers.Binary;
using System.Net;
using LocalControlPlane.Serving;
using TestSupport.Connections;
using TestSupport.Waiting;
using static LocalControlPlane.Tests.Serving.ApiUnderTest;

namespace LocalControlPlane.Tests.Serving;

/// <summary>Clients that make the most of HTTP/2: answers that they ask for and do not read.</summary>
public sealed class Http2Tests
{
    private const ushort MaxConcurrentStreams = 3;    // RFC 9113 6.5.2
    private const int StreamsPerConnection = 100;

    /// <summary>What does not fit in the buffers of a connection.</summary>
    private const string Long = "/openapi/v3/apis/apps/v1";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    [Theory]
    [InlineData("/api")]
    [InlineData("/healthz")]
    public async Task A_stranger_who_leaves_answers_unread_loses_the_connection(string path)
    {
        await using var api = await StartAsync();
        await using var stranger = await OpenAsync(api, window: 0);

        await AskAsync(stranger, path, (2 * ServerConnections.MaxStrangersRequests) + 1);

        while (await stranger.ReceiveAsync() is not null)
        {
            // Until it is closed.
        }

        Assert.Equal(200, (await api.GetAsync(WidgetPath())).Code);
    }

    /// <summary>Is asked to open another connection now and then, and does.</summary>
    [Fact]
    public async Task A_stranger_who_reads_may_ask_on()
    {
        await using var api = await StartAsync();
        using var stranger = api.NewClient(null);

        for (var i = 0; i < 5 * ServerConnections.MaxStrangersRequests; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/healthz")
            {
                Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            };
            using var answer = await stranger.SendAsync(request);
            Assert.Equal("ok", await answer.Content.ReadAsStringAsync());
        }
    }

    [Fact]
    public async Task A_connection_has_as_many_streams_as_real_API_servers_allow()
    {
        await using var api = await StartAsync();
        await using var client = await OpenAsync(api, window: 0);

        var settings = await client.ReceiveAsync();

        Assert.Equal(RawHttp2Connection.SettingsType, settings!.Value.Type);
        Assert.Contains(
            settings.Value.Payload.Chunk(6),
            setting => BinaryPrimitives.ReadUInt16BigEndian(setting) == MaxConcurrentStreams
                && BinaryPrimitives.ReadUInt32BigEndian(setting.AsSpan(2)) == StreamsPerConnection);
    }

    [Fact]
    public async Task Who_is_logged_in_leaves_a_bounded_number_of_answers_unread_and_keeps_out_nobody_else()
    {
        await using var api = await StartAsync();
        await api.CreateAsync("/api/v1/namespaces/default/serviceaccounts", """{"metadata":{"name":"greedy"}}""");
        var token = (await api.CreateAsync("/api/v1/namespaces/default/serviceaccounts/greedy/token", "{}"))
            .Text("status", "token")!;
        using var client = api.NewClient(token);
        var greedy = new List<RawHttp2Connection>();
        try
        {
            // One connection's worth more than there is room for: a place that the client below had for a moment is taken, too.
            for (var i = 0; i <= RequestsInProgress.MaxOfSender / StreamsPerConnection; i++)
            {
                greedy.Add(await OpenAsync(api, window: 0));
                await AskAsync(greedy[i], Long, StreamsPerConnection, ("authorization", $"Bearer {token}"));
            }

            await Eventually.TrueAsync(
                "a refusal", Patience, async () => await StatusAsync(client) == HttpStatusCode.TooManyRequests);
            Assert.Equal(200, (await api.GetAsync(WidgetPath())).Code);
        }
        finally
        {
            foreach (var connection in greedy) await connection.DisposeAsync();
        }

        await Eventually.TrueAsync("an answer", Patience, async () => await StatusAsync(client) == HttpStatusCode.OK);
    }

    private static Task<RawHttp2Connection> OpenAsync(ApiUnderTest api, uint window) =>
        RawHttp2Connection.OpenAsync(new IPEndPoint(IPAddress.Loopback, api.Plane.Endpoint.Port), window);

    private static Task AskAsync(
        RawHttp2Connection connection, string path, int times, params (string Name, string Value)[] fields) =>
        connection.SendAsync(
            Enumerable.Range(0, times).SelectMany(i => RawHttp2Connection.Get((2 * i) + 1, path, fields)).ToArray());

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client)
    {
        using var answer = await client.GetAsync(Long);
        return answer.StatusCode;
    }
}
