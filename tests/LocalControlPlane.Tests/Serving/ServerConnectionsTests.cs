using System.Net;
using LocalControlPlane.Serving;
using TestSupport.Connections;
using static LocalControlPlane.Tests.Serving.ApiUnderTest;

namespace LocalControlPlane.Tests.Serving;

public sealed class ServerConnectionsTests
{
    [Fact]
    public async Task Those_who_connect_and_do_not_log_in_keep_out_nobody_who_does()
    {
        await using var api = await StartAsync();
        Assert.Equal(200, (await api.GetAsync(WidgetPath())).Code);
        var strangers = new List<RawConnection>();
        try
        {
            const int toGo = 50;
            for (var i = 0; i < ServerConnections.MaxStrangers + toGo; i++)
                strangers.Add(await RawConnection.OpenAsync(api.Plane.Endpoint.Port));

            // Those of before the last were sent away; that over which somebody has logged in was older, and is there still.
            await RawConnection.WaitUntilClosedAsync(strangers, toGo);
            Assert.Equal(200, (await api.GetAsync(WidgetPath())).Code);
            using var another = api.NewClient(api.Token);
            using var answer = await another.GetAsync(WidgetPath());
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }
        finally
        {
            foreach (var stranger in strangers) stranger.Dispose();
        }
    }

    [Fact]
    public async Task A_watch_outlives_any_number_of_strangers()
    {
        await using var api = await StartAsync();
        await using var watch = await Watching.WatchClient.StartAsync(api, $"{WidgetPath()}?watch=1");
        for (var i = 0; i < 2 * ServerConnections.MaxStrangers; i++)
        {
            using var stranger = await RawConnection.OpenAsync(api.Plane.Endpoint.Port);
        }

        await api.CreateAsync(WidgetPath(), Widget("a"));

        Assert.Equal("ADDED a", await watch.NextLineAsync());
    }
}
