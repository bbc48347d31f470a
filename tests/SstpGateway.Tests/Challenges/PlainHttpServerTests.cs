using System.Net;
using System.Net.Sockets;
using System.Text;
using GatewayConfig;
using GatewayConfig.Channel;
using Microsoft.Extensions.Logging.Abstractions;
using SstpGateway.Challenges;
using SstpGateway.Tests.Support;
using TestSupport.Connections;
using TestSupport.Ports;

namespace SstpGateway.Tests.Challenges;

public sealed class PlainHttpServerTests : IAsyncLifetime, IAsyncDisposable
{
    private readonly ScratchFolder _folder = new();
    private readonly ChallengeBook _book = new(TimeProvider.System);
    private readonly RevocationLists _lists;
    private readonly PlainHttpServer _server;
    private readonly GatewayConfiguration _configuration;

    public PlainHttpServerTests()
    {
        _configuration = new GatewayConfiguration
        {
            Hostname = "vpn.example.org",
            Listening = new() { Addresses = ["127.0.0.1:443"], HttpPort = FreePort.Next() },
        };
        _lists = new RevocationLists(_folder.Path, NullLogger.Instance);
        _server = new PlainHttpServer(
            _book, _lists, () => _configuration, TestMeters.NewMetrics(), TimeProvider.System, NullLogger.Instance);
    }

    private int Port => _configuration.Listening.HttpPort;

    [Fact]
    public async Task Is_open_only_while_there_is_something_to_serve()
    {
        await _server.AdjustAsync(CancellationToken.None);
        Assert.False(await IsOpenAsync());

        _book.TryPutHttp("token", "token.thumb");
        var report = await _server.AdjustAsync(CancellationToken.None);
        Assert.True(report.IsServing);
        Assert.Equal([$"127.0.0.1:{Port}"], report.Addresses);
        Assert.True(await IsOpenAsync());

        _lists.TryPublish("office.crl", [1], out _);
        _book.RemoveHttp("token");
        await _server.AdjustAsync(CancellationToken.None);
        Assert.True(await IsOpenAsync());

        _lists.Withdraw("office.crl");
        await _server.AdjustAsync(CancellationToken.None);
        Assert.False(await IsOpenAsync());
    }

    [Fact]
    public async Task Answers_challenges_and_serves_lists_and_sends_everybody_else_to_HTTPS()
    {
        _book.TryPutHttp("token", "token.thumb");
        _lists.TryPublish("office.crl", [0x30, 0x00, 0xFF], out _);
        await _server.AdjustAsync(CancellationToken.None);

        var challenge = await AskAsync(
            "GET /.well-known/acme-challenge/token HTTP/1.1\r\nHost: vpn.example.org\r\nConnection: close\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 200 OK\r\n", challenge, StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\ntoken.thumb", challenge, StringComparison.Ordinal);

        var list = await AskAsync("GET /crl/office.crl HTTP/1.1\r\nHost: vpn.example.org\r\nConnection: close\r\n\r\n");
        Assert.Contains("Content-Type: application/pkix-crl\r\n", list, StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\n0\0\u00ff", list, StringComparison.Ordinal);

        Assert.Contains(
            "\r\nLocation: https://vpn.example.org/a?b=c\r\n",
            await AskAsync("GET /a?b=c HTTP/1.1\r\nHost: vpn.example.org:80\r\nConnection: close\r\n\r\n"),
            StringComparison.Ordinal);
        Assert.StartsWith(
            "HTTP/1.1 301 ",
            await AskAsync("GET /.well-known/acme-challenge/other HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"),
            StringComparison.Ordinal);
        Assert.StartsWith(
            "HTTP/1.1 301 ", await AskAsync("GET /crl/../office.crl HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("evil.example/@vpn.example.org")]
    [InlineData("a b")]
    [InlineData("\"><script>")]
    [InlineData("")]
    public async Task Sends_nobody_to_a_name_that_is_none(string host)
    {
        _book.TryPutHttp("token", "token.thumb");
        await _server.AdjustAsync(CancellationToken.None);

        var answer = await AskAsync($"GET / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");

        if (answer.StartsWith("HTTP/1.1 301", StringComparison.Ordinal))
            Assert.Contains("Location: https://vpn.example.org/\r\n", answer, StringComparison.Ordinal);
        else Assert.StartsWith("HTTP/1.1 400", answer, StringComparison.Ordinal);
    }

    /// <summary>A CA comes with a handful of connections and has to be let in, also past visitors who only wait.</summary>
    /// <summary>Behind one address may be an office whose clients keep their connections, or all who come through a node of a
    /// cluster: then the CA is one of that source, too.</summary>
    [Theory]
    [InlineData(PlainHttpServer.MaxOfSource + 4, 1)]
    [InlineData(PlainHttpServer.MaxVisitors + 4, 10)]
    public async Task Visitors_who_wait_keep_out_nobody_who_asks(int count, int firstSource)
    {
        _book.TryPutHttp("token", "token.thumb");
        await _server.AdjustAsync(CancellationToken.None);
        var waiting = new List<RawConnection>();
        var address = new IPEndPoint(IPAddress.Loopback, Port);
        try
        {
            for (var i = 0; i < count; i++)
                waiting.Add(await RawConnection.OpenAsync(
                    address, firstSource == 1 ? 1 : firstSource + (i / PlainHttpServer.MaxOfSource)));

            Assert.EndsWith(
                "token.thumb",
                await AskAsync("GET /.well-known/acme-challenge/token HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"),
                StringComparison.Ordinal);

            // As many as there is no room for were sent away.
            await RawConnection.WaitUntilClosedAsync(
                waiting, count - (firstSource == 1 ? PlainHttpServer.MaxOfSource : PlainHttpServer.MaxVisitors));
        }
        finally
        {
            foreach (var visitor in waiting) visitor.Dispose();
        }
    }

    [Fact]
    public async Task Says_when_the_port_is_taken()
    {
        using var other = new TcpListener(IPAddress.Loopback, Port);
        other.Start();
        _book.TryPutHttp("token", "token.thumb");

        var report = await _server.AdjustAsync(CancellationToken.None);

        Assert.False(report.IsServing);
        Assert.Contains($"port {Port}", report.Problem, StringComparison.Ordinal);
        other.Stop();
        Assert.True((await _server.AdjustAsync(CancellationToken.None)).IsServing);
    }

    [Fact]
    public void Lists_are_there_after_a_restart_until_they_are_withdrawn()
    {
        Assert.True(_lists.TryPublish("office.crl", [1, 2], out var problem));
        Assert.Null(problem);
        Assert.Equal(ContentDigest.Of([1, 2]), new RevocationLists(_folder.Path, NullLogger.Instance).Digests["office.crl"]);

        _lists.Withdraw("office.crl");

        Assert.True(new RevocationLists(_folder.Path, NullLogger.Instance).IsEmpty);
    }

    [Fact]
    public void A_list_that_cannot_be_stored_is_served_and_said_to_be_so()
    {
        File.WriteAllText(_folder.File("crls"), "a file where the folder should be");

        Assert.True(_lists.TryPublish("office.crl", [1, 2], out var problem));

        Assert.NotNull(problem);
        Assert.True(_lists.TryFind("office.crl", out _));
    }

    // xUnit 2 calls these two, and passes IAsyncDisposable by.
    Task IAsyncLifetime.InitializeAsync() => Task.CompletedTask;

    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    private async Task<string> AskAsync(string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, Port);
        await client.GetStream().WriteAsync(Encoding.Latin1.GetBytes(request));
        using var reader = new StreamReader(client.GetStream(), Encoding.Latin1);
        return await reader.ReadToEndAsync();
    }

    private async Task<bool> IsOpenAsync()
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(IPAddress.Loopback, Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
