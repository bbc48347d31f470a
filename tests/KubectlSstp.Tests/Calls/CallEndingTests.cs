using GatewayConfig.Channel;
using KubectlSstp.Calls;
using KubectlSstp.Cluster;
using Operator.Gateways.Desk;

namespace KubectlSstp.Tests.Calls;

public sealed class CallEndingTests
{
    private readonly List<CallReference> _told = [];
    private readonly Queue<DeskAnswer> _lists = new();
    private int _pauses;

    [Fact]
    public async Task Without_numbers_all_that_the_filters_leave_are_ended()
    {
        _lists.Enqueue(Answer(0, Calls("a", null, 1, 2), Calls("b", null, 1)));

        Assert.Empty(await EndAsync(new CallFilter()));
        Assert.Equal([("a", 1), ("a", 2), ("b", 1)], _told.Select(call => (call.Gateway, call.Id)));
        Assert.Equal(0, _pauses);
    }

    [Fact]
    public async Task Calls_that_did_not_fit_into_an_answer_are_asked_for_until_none_is_left()
    {
        _lists.Enqueue(Answer(2, Calls("a", null, 3)));
        _lists.Enqueue(Answer(1, Calls("a", null, 3, 2)));
        _lists.Enqueue(Answer(0, Calls("a", null, 1)));

        Assert.Empty(await EndAsync(new CallFilter()));
        Assert.Equal([3, 2, 1], _told.Select(call => call.Id));
        Assert.Equal(2, _pauses);
    }

    [Fact]
    public async Task Calls_that_never_fit_are_said_in_the_end()
    {
        for (var i = 0; i < CallEnding.MaxAnswers; i++) _lists.Enqueue(Answer(5, Calls("a", null, i)));

        Assert.StartsWith("5 more calls", Assert.Single(await EndAsync(new CallFilter())), StringComparison.Ordinal);
        Assert.Equal(CallEnding.MaxAnswers, _told.Count);
        Assert.Empty(_lists);
    }

    [Fact]
    public async Task A_gateway_that_does_not_answer_is_no_success()
    {
        _lists.Enqueue(Answer(0, Calls("a", null, 1), Calls("b", "no answer within 5 s")));

        var missed = Assert.Single(await EndAsync(new CallFilter("alice")));

        Assert.StartsWith("b does not say", missed, StringComparison.Ordinal);
        Assert.Contains("no answer within 5 s", missed, StringComparison.Ordinal);
        Assert.Single(_told);
    }

    [Fact]
    public async Task No_call_is_no_certainty_while_a_gateway_does_not_answer()
    {
        _lists.Enqueue(Answer(0, Calls("b", "refused")));

        Assert.Contains("refused", Assert.Single(await EndAsync(new CallFilter())), StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_call_at_all_is_said()
    {
        _lists.Enqueue(Answer(0, Calls("a", null)));

        await Assert.ThrowsAsync<RefusedException>(() => EndAsync(new CallFilter()));
    }

    [Theory]
    [InlineData(null, "--gateway")]
    [InlineData("b", "b does not say")]
    public async Task A_number_that_a_silent_gateway_may_have_too_ends_nothing(string? gateway, string words)
    {
        var silent = Calls("b", "refused");
        _lists.Enqueue(gateway is null ? Answer(0, Calls("a", null, 1), silent) : Answer(0, silent));

        Assert.Contains(
            words, (await Assert.ThrowsAsync<RefusedException>(() => EndAsync(new CallFilter(Gateway: gateway), 1))).Message,
            StringComparison.Ordinal);
        Assert.Empty(_told);
    }

    [Theory]
    [InlineData(null, 1, "--gateway")]
    [InlineData("a", 2, "--user")]
    public async Task A_number_that_a_call_left_out_may_have_ends_nothing(string? gateway, long number, string words)
    {
        _lists.Enqueue(Answer(1, Calls("a", null, 1)));

        Assert.Contains(
            words, (await Assert.ThrowsAsync<RefusedException>(() => EndAsync(new CallFilter(Gateway: gateway), number))).Message,
            StringComparison.Ordinal);
        Assert.Empty(_told);
    }

    [Fact]
    public async Task A_number_that_is_shown_on_the_gateway_given_is_ended_whatever_else_is_up()
    {
        _lists.Enqueue(Answer(1, Calls("a", null, 1)));

        Assert.Empty(await EndAsync(new CallFilter(Gateway: "a"), 1));
        Assert.Equal([1], _told.Select(call => call.Id));
    }

    private Task<IReadOnlyList<string>> EndAsync(CallFilter filter, params long[] numbers) => new CallEnding(
        "vpn",
        request => Task.FromResult(request.End is { } end ? new DeskAnswer { Ended = end } : _lists.Dequeue()),
        () =>
        {
            _pauses++;
            return Task.CompletedTask;
        }).RunAsync(filter, numbers, _told.Add);

    private static DeskAnswer Answer(int omitted, params GatewayCalls[] gateways) =>
        new() { Gateways = gateways, Omitted = omitted };

    private static GatewayCalls Calls(string gateway, string? problem, params long[] numbers) =>
        new(gateway, null, problem, [.. numbers.Select(number =>
            new SessionReport(
                number, "alice", "203.0.113.1:1", "10.0.0.2", null, DateTimeOffset.UnixEpoch, 0, 0, null, "TLS 1.3", "PAP"))]);
}
