using System.Text;
using SstpGateway.Decoy;
using TestSupport.Time;

namespace SstpGateway.Tests.Decoy;

public sealed class HttpDecoyTests
{
    private const string Request = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

    [Fact]
    public async Task Leaves_a_visitor_without_a_word_who_does_not_finish_the_head_within_a_minute()
    {
        var clock = new ManualTime();
        var visitor = new SilentVisitor("GET / HTTP/1.1\r\nHost:"u8.ToArray());
        var conversation = Decoys.Factory(clock).Create(Decoys.NotFound).ServeAsync(visitor, default, CancellationToken.None);
        await visitor.Waiting;

        clock.Advance(TimeSpan.FromSeconds(59));
        Assert.False(conversation.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(1));
        await conversation;

        Assert.Empty(visitor.Answers);
    }

    [Fact]
    public async Task Closes_an_idle_connection_after_seventy_five_seconds()
    {
        var clock = new ManualTime();
        var visitor = new SilentVisitor(Encoding.ASCII.GetBytes(Request));
        var conversation = Decoys.Factory(clock).Create(Decoys.NotFound).ServeAsync(visitor, default, CancellationToken.None);
        await visitor.Waiting;

        clock.Advance(TimeSpan.FromSeconds(74));
        Assert.False(conversation.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(1));
        await conversation;

        Assert.StartsWith("HTTP/1.1 404 Not Found\r\n", Encoding.ASCII.GetString(visitor.Answers), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stops_at_once_when_the_gateway_stops()
    {
        using var stopping = new CancellationTokenSource();
        var visitor = new SilentVisitor("G"u8.ToArray());
        var conversation = Decoys.Factory().Create(Decoys.NotFound).ServeAsync(visitor, default, stopping.Token);
        await visitor.Waiting;

        await stopping.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => conversation);
    }

    [Fact]
    public async Task Says_close_with_the_thousandth_answer()
    {
        var requests = string.Concat(Enumerable.Repeat(Request, DecoyLimits.MaxRequests + 5));

        var answers = await Decoys.AskAsync(Decoys.Factory().Create(Decoys.NotFound), requests);

        Assert.Equal(DecoyLimits.MaxRequests - 1, Count(answers, "Connection: keep-alive"));
        Assert.Equal(1, Count(answers, "Connection: close"));
    }

    [Fact]
    public async Task Takes_in_the_body_of_a_refused_request_before_it_closes()
    {
        var request = Encoding.ASCII.GetBytes(
            $"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1500000\r\n\r\n{new string('x', 1_500_000)}");
        var visitor = new VisitorStream(request, step: 4096);

        await Decoys.Factory().Create(Decoys.NotFound).ServeAsync(visitor, default, CancellationToken.None);

        Assert.StartsWith(
            "HTTP/1.1 413 Request Entity Too Large\r\n", Encoding.ASCII.GetString(visitor.Answers), StringComparison.Ordinal);
        Assert.Equal(0, visitor.Unread);
    }

    [Fact]
    public async Task Ends_the_conversation_when_a_chunked_body_breaks_its_framing()
    {
        var decoy = Decoys.Factory().Create(Decoys.NotFound);
        const string request = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n";

        await Assert.ThrowsAsync<IOException>(() => Decoys.AskAsync(decoy, request + Request));
    }

    [Fact]
    public async Task Sends_no_Server_field_and_no_foot_when_the_name_is_empty()
    {
        var decoy = Decoys.Factory().Create(Decoys.NotFound with { ServerHeader = "" });

        var answer = await Decoys.AskAsync(decoy, Request);

        Assert.DoesNotContain("Server:", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("nginx", answer, StringComparison.Ordinal);
        Assert.Contains("<hr>\r\n</body>", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Follows_a_new_configuration_with_the_next_connection()
    {
        var decoy = new ReloadableDecoy(Decoys.Factory(), Decoys.NotFound);

        decoy.Apply(Decoys.NotFound with { ServerHeader = "Apache" });

        Assert.Contains("\r\nServer: Apache\r\n", await Decoys.AskAsync(decoy, Request), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Says_nothing_to_a_visitor_who_closes_without_a_request() =>
        Assert.Empty(await Decoys.AskAsync(Decoys.Factory().Create(Decoys.NotFound), ""));

    [Fact]
    public async Task Gives_up_on_line_ends_without_a_request()
    {
        var answer = await Decoys.AskAsync(
            Decoys.Factory().Create(Decoys.NotFound), new string('\n', DecoyLimits.MaxHeadLength + 1));

        Assert.StartsWith("HTTP/1.1 400 Bad Request\r\n", answer, StringComparison.Ordinal);
    }

    private static int Count(string text, string part) => text.Split(part).Length - 1;
}
