using System.Text;
using GatewayConfig.Channel;
using Operator.Gateways.Desk;

namespace Operator.Tests.Gateways.Desk;

public class DeskFormatTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("""{"list":{}}""", true)]
    [InlineData("""{"list":{"user":"alice"}}""", true)]
    [InlineData("""{"end":[{"gateway":"p","id":1,"user":"u","since":"2026-03-01T12:00:00Z"}]}""", true)]
    [InlineData("""{"end":[]}""", false)]
    [InlineData("""{"end":[null]}""", false)]
    [InlineData("""{"end":[{}]}""", false)]
    [InlineData("""{"end":[{"gateway":null,"id":1,"user":"u","since":"2026-03-01T12:00:00Z"}]}""", false)]
    [InlineData("""{"end":[{"gateway":"p","id":1,"since":"2026-03-01T12:00:00Z"}]}""", false)]
    [InlineData("""{"list":{},"end":[{"gateway":"p","id":1,"user":"u","since":"2026-03-01T12:00:00Z"}]}""", false)]
    [InlineData("{}", false)]
    [InlineData("null", false)]
    [InlineData("[1]", false)]
    [InlineData("", false)]
    public void A_request_is_exactly_one_of_two_things(string text, bool isOne)
    {
        var request = DeskFormat.ReadRequest(Encoding.UTF8.GetBytes(text), out var mistake);

        Assert.Equal(isOne, request is not null);
        Assert.Equal(isOne, mistake is null);
    }

    [Fact]
    public void More_calls_than_a_hundred_are_not_ended_at_once()
    {
        var call = new CallReference("pod", 1, "alice", Now);

        Assert.NotNull(
            DeskFormat.ReadRequest(DeskFormat.Write(new DeskRequest { End = [.. Enumerable.Repeat(call, 100)] }), out _));
        Assert.Null(DeskFormat.ReadRequest(DeskFormat.Write(new DeskRequest { End = [.. Enumerable.Repeat(call, 101)] }), out _));
    }

    [Fact]
    public void An_answer_of_the_largest_size_fits_into_a_secret_eight_times()
    {
        var random = new Random(1);
        var calls = Enumerable.Range(0, DeskFormat.MaxCallsInAnswer).Select(number => new SessionReport(
            number, $"user{random.Next()}@example.org",
            $"203.0.113.{number % 250}:{random.Next(1024, 65535)}", $"10.254.{number / 250}.{number % 250}",
            $"fd00:1:2:{number:x}::/64", Now.AddSeconds(-random.Next(100_000)),
            random.NextInt64(1L << 40), random.NextInt64(1L << 40),
            "Windows 10", "TLS 1.3", "EAP-MSCHAPv2")).ToList();

        var packed = DeskFormat.Write(
            new DeskAnswer { At = Now, Gateways = [new GatewayCalls("office-gateway-x", "n", null, calls)] });

        // Base64 makes four octets of three; etcd and the API server allow 1 MiB.
        Assert.InRange(packed.Length * 4 / 3 * DeskFormat.MaxAnswers, 1, 1 << 20);
        Assert.Equal(calls, DeskFormat.ReadAnswer(packed)!.Gateways[0].Calls);
    }

    [Theory]
    [InlineData("")]
    [InlineData("not gzip")]
    public void What_is_no_answer_is_none(string text) => Assert.Null(DeskFormat.ReadAnswer(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void A_bomb_is_not_unpacked()
    {
        using var packed = new MemoryStream();
        using (var gzip = new System.IO.Compression.GZipStream(packed, System.IO.Compression.CompressionLevel.Optimal))
        {
            for (var i = 0; i < 200; i++) gzip.Write(new byte[1 << 20]);
        }

        Assert.Null(DeskFormat.ReadAnswer(packed.ToArray()));
    }

    [Fact]
    public void A_desk_keeps_fresh_answers_and_takes_away_all_else()
    {
        var data = new Dictionary<string, byte[]>
        {
            ["answer.fresh"] = DeskFormat.Write(new DeskAnswer { At = Now.AddSeconds(-59) }),
            ["answer.old1"] = DeskFormat.Write(new DeskAnswer { At = Now.AddSeconds(-60) }),
            ["answer.future"] = DeskFormat.Write(new DeskAnswer { At = Now.AddHours(1) }),
            ["answer.junk"] = [1, 2, 3],
            ["note"] = [1],
            ["request.null"] = null!,
            ["request.UPPER"] = DeskFormat.Write(new DeskRequest { List = new CallFilter() }),
            ["request.good"] = DeskFormat.Write(new DeskRequest { List = new CallFilter() }),
            ["request.bad1"] = [1],
        };

        var state = DeskState.Of(new KubeApi.Objects.Secret(null, data), Now);

        Assert.Equal(["good"], state.Requests.Keys);
        Assert.Equal(["bad1", "null"], state.Refused.Keys);
        Assert.Equal(
            ["answer.future", "answer.junk", "answer.old1", "note", "request.UPPER"], state.Stale.Order(StringComparer.Ordinal));
        Assert.True(state.HasMore);
    }

    [Fact]
    public void More_requests_than_answers_can_be_kept_wait_for_the_next_pass()
    {
        var data = Enumerable.Range(0, 20)
            .ToDictionary(number => $"request.r{number:000}", _ => DeskFormat.Write(new DeskRequest { List = new CallFilter() }));

        var state = DeskState.Of(new KubeApi.Objects.Secret(null, data), Now);

        Assert.Equal(DeskFormat.MaxAnswers, state.Requests.Count);
        Assert.True(state.HasMore);
    }

    [Fact]
    public void An_empty_desk_is_left_alone()
    {
        var state = DeskState.Of(new KubeApi.Objects.Secret(null, null), Now);

        Assert.Empty(state.Requests);
        Assert.Empty(state.Stale);
        Assert.False(state.HasMore);
    }

    /// <summary>A Secret has room for a thousand answers that unpack to a megabyte each.</summary>
    [Fact]
    public void Of_what_somebody_else_put_there_a_few_answers_are_looked_into_and_the_rest_goes()
    {
        var answer = DeskFormat.Write(new DeskAnswer { At = Now, Problem = new string('x', 1 << 20) });
        var data = Enumerable.Range(0, 700).ToDictionary(number => DeskFormat.AnswerKey($"{number:0000}"), _ => answer);
        var before = GC.GetAllocatedBytesForCurrentThread();

        var state = DeskState.Of(new KubeApi.Objects.Secret(null, data), Now);

        Assert.Equal(700 - DeskFormat.MaxAnswers, state.Stale.Count);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 1, 200L << 20);
    }
}
