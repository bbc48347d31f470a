using System.Text;
using GatewayConfig.Decoy;
using SstpGateway.Decoy;
using TestSupport.Time;

namespace SstpGateway.Tests.Decoy;

public sealed class ProxyContentTests
{
    private const string Get = "GET /x?y=%7e HTTP/1.1\r\nHost: www.example\r\nAccept: */*\r\nConnection: close, X-Hop\r\n"
        + "X-Hop: 1\r\nX-Forwarded-Proto: http\r\n\r\n";

    [Fact]
    public async Task Passes_on_the_request_as_written_without_what_belongs_to_one_hop()
    {
        await using var backend = new ScriptedBackend("HTTP/1.1 204 No Content\r\n\r\n");

        await Decoys.AskAsync(For(backend.Address), Get);

        var request = await backend.Request;
        Assert.StartsWith("GET /x?y=%7e HTTP/1.1\r\n", request, StringComparison.Ordinal);
        Assert.Contains("\r\nHost: www.example\r\n", request, StringComparison.Ordinal);
        Assert.Contains("\r\nAccept: */*\r\n", request, StringComparison.Ordinal);
        Assert.Contains("\r\nX-Forwarded-Proto: https\r\n", request, StringComparison.Ordinal);
        Assert.DoesNotContain("X-Hop", request, StringComparison.Ordinal);
        Assert.DoesNotContain("traceparent", request, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Passes_on_the_answer_in_the_order_of_a_reverse_proxy_and_under_its_own_name()
    {
        await using var backend = new ScriptedBackend(
            "HTTP/1.1 200 Fine\r\nX-A: 1\r\nServer: secret/1.0\r\nDate: yesterday\r\nSet-Cookie: a=b\r\nSet-Cookie: "
            + "c=d\r\nContent-Type: text/x\r\n"
            + "Content-Length: 5\r\nKeep-Alive: timeout=5\r\nConnection: keep-alive\r\n\r\nhello");

        var answer = await Decoys.AskAsync(For(backend.Address), Get);

        Assert.Equal(
            "HTTP/1.1 200 Fine\r\nServer: nginx\r\nDate: Thu, 01 Jan 1970 01:00:00 GMT\r\nContent-Type: "
            + "text/x\r\nContent-Length: 5\r\n"
            + "Connection: close\r\nX-A: 1\r\nSet-Cookie: a=b\r\nSet-Cookie: c=d\r\n\r\nhello",
            answer);
    }

    [Fact]
    public async Task Streams_an_answer_of_unknown_length_in_chunks()
    {
        await using var backend = new ScriptedBackend("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nhello");

        var answer = await Decoys.AskAsync(For(backend.Address), "GET / HTTP/1.1\r\nHost: a\r\n\r\n");

        Assert.Contains(
            "\r\nTransfer-Encoding: chunked\r\nConnection: keep-alive\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
            answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ends_an_answer_of_unknown_length_by_closing_for_a_visitor_who_knows_no_chunks()
    {
        await using var backend = new ScriptedBackend("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nhello");

        var answer = await Decoys.AskAsync(For(backend.Address), "GET / HTTP/1.0\r\nHost: a\r\nConnection: keep-alive\r\n\r\n");

        Assert.EndsWith("\r\nConnection: close\r\n\r\nhello", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tells_the_length_of_what_HEAD_does_not_fetch()
    {
        await using var backend = new ScriptedBackend("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n");

        var answer = await Decoys.AskAsync(For(backend.Address), "HEAD / HTTP/1.1\r\nHost: a\r\n\r\n");

        Assert.EndsWith("\r\nContent-Length: 5\r\nConnection: keep-alive\r\n\r\n", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Content-Length: 5\r\n\r\nhello", "\r\nContent-Length: 5\r\n", "hello")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n2\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n", "\r\nTransfer-Encoding: chunked\r\n",
        "0\r\n\r\n")]
    public async Task Passes_on_a_body(string body, string expected, string end)
    {
        await using var backend = new ScriptedBackend("HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n", end);

        var answer = await Decoys.AskAsync(
            For(backend.Address), $"POST /up HTTP/1.1\r\nHost: a\r\nContent-Type: text/x\r\n{body}");

        Assert.StartsWith("HTTP/1.1 201 Created\r\n", answer, StringComparison.Ordinal);
        var request = await backend.Request;
        Assert.Contains(expected, request, StringComparison.Ordinal);
        Assert.Contains("\r\nContent-Type: text/x\r\n", request, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Says_bad_gateway_as_nginx_does_when_nobody_listens()
    {
        await using var backend = new ScriptedBackend(null);
        var address = backend.Address;
        await backend.DisposeAsync();

        var answer = await Decoys.AskAsync(For(address), "GET / HTTP/1.1\r\nHost: a\r\n\r\n");

        Assert.Equal(
            "HTTP/1.1 502 Bad Gateway\r\nServer: nginx\r\nDate: Thu, 01 Jan 1970 01:00:00 GMT\r\nContent-Type: "
            + "text/html\r\nContent-Length: 150\r\n"
            + "Connection: keep-alive\r\n\r\n<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n"
            + "<center><h1>502 Bad Gateway</h1></center>\r\n"
            + "<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n",
            answer);
    }

    [Fact]
    public async Task Says_bad_gateway_when_the_back_end_does_not_speak_HTTP()
    {
        await using var backend = new ScriptedBackend("SSH-2.0-x\r\n\r\n");

        var answer = await Decoys.AskAsync(For(backend.Address), "GET / HTTP/1.1\r\nHost: a\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 502 Bad Gateway\r\n", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Says_gateway_timeout_when_the_back_end_is_silent_for_a_minute()
    {
        var clock = new ManualTime();
        await using var backend = new ScriptedBackend(null);
        var decoy = Decoys.Factory(clock).Create(new DecoyConfig { Kind = DecoyKind.Proxy, Backend = backend.Address });
        var answer = Decoys.AskAsync(decoy, "GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        await backend.Asked;

        clock.Advance(TimeSpan.FromSeconds(60));

        Assert.StartsWith("HTTP/1.1 504 Gateway Time-out\r\n", await answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Closes_before_the_end_when_the_back_end_breaks_off()
    {
        await using var backend = new ScriptedBackend("HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nhello");
        var visitor = new VisitorStream(Encoding.ASCII.GetBytes("GET / HTTP/1.1\r\nHost: a\r\n\r\n"));

        await Assert.ThrowsAsync<IOException>(() => For(backend.Address).ServeAsync(visitor, default, CancellationToken.None));

        Assert.EndsWith("\r\n\r\nhello", Encoding.ASCII.GetString(visitor.Answers), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Blames_nobody_but_the_visitor_when_the_body_breaks_off()
    {
        await using var backend = new ScriptedBackend("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", "never");
        var visitor = new VisitorStream(Encoding.ASCII.GetBytes("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 50\r\n\r\nhello"));

        await Assert.ThrowsAsync<IOException>(() => For(backend.Address).ServeAsync(visitor, default, CancellationToken.None));

        Assert.Empty(visitor.Answers);
    }

    private static IDecoy For(string backend) =>
        Decoys.Factory().Create(new DecoyConfig { Kind = DecoyKind.Proxy, Backend = backend });
}
