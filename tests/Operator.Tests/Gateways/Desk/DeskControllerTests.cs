using GatewayConfig.Channel;
using Operator.Gateways.Desk;
using TestSupport.Waiting;

namespace Operator.Tests.Gateways.Desk;

public sealed class DeskControllerTests
{
    [Fact]
    public async Task Each_gateway_has_a_desk_of_its_own_that_goes_with_it()
    {
        await using var test = await DeskTest.StartAsync();
        var desk = test.Api.Find(DeskTest.DeskPath)!;

        Assert.Equal("uid-home", (string?)desk["metadata"]!["ownerReferences"]![0]!["uid"]);
        Assert.False((bool)desk["metadata"]!["ownerReferences"]![0]!["controller"]!);
        Assert.Equal("home", (string?)desk["metadata"]!["labels"]!["vpn.sstp-operator.dev/gateway"]);
    }

    [Fact]
    public async Task Calls_are_shown_newest_first_and_the_request_is_gone()
    {
        await using var test = await DeskTest.StartAsync();
        test.Gateways.Home.Calls.AddRange([Call(1, "alice", 10), Call(2, "bob", 30), Call(3, "alice", 20)]);

        var answer = await test.AskAsync("abcd", new DeskRequest { List = new CallFilter() });

        var shown = Assert.Single(answer.Gateways);
        Assert.Equal(("home-pod", "node1", null), (shown.Gateway, shown.Node, shown.Problem));
        Assert.Equal([2, 3, 1], shown.Calls.Select(call => call.Id));
        Assert.Null(test.Content("request.abcd"));
    }

    [Fact]
    public async Task Calls_are_filtered_by_user_whatever_the_case()
    {
        await using var test = await DeskTest.StartAsync();
        test.Gateways.Home.Calls.AddRange([Call(1, "alice", 10), Call(2, "bob", 30)]);

        var answer = await test.AskAsync("abcd", new DeskRequest { List = new CallFilter("ALICE") });

        Assert.Equal([1], answer.Gateways[0].Calls.Select(call => call.Id));
    }

    [Fact]
    public async Task A_gateway_that_cannot_be_asked_is_named_with_the_reason()
    {
        await using var test = await DeskTest.StartAsync();
        test.Gateways.Home.Fault = "connection refused";

        var answer = await test.AskAsync("abcd", new DeskRequest { List = new CallFilter() });

        Assert.Contains("connection refused", Assert.Single(answer.Gateways).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_call_is_ended_and_an_event_says_so()
    {
        await using var test = await DeskTest.StartAsync();
        var call = Call(7, "alice", 10);
        test.Gateways.Home.Calls.Add(call);

        var answer = await test.AskAsync("abcd", new DeskRequest { End = [new CallReference("home-pod", 7, "alice", call.Since)] });

        Assert.Equal([7], answer.Ended.Select(ended => ended.Id));
        Assert.Equal([7], test.Gateways.Home.Ended);
        Assert.Equal("Normal CallsEnded: Calls of alice on home-pod were told to end: 7. Asked for by request abcd in Secret home-desk.", Assert.Single(test.Events.All));
    }

    [Fact]
    public async Task Another_call_that_has_got_the_same_number_since_is_left_alone()
    {
        await using var test = await DeskTest.StartAsync();
        test.Gateways.Home.Calls.Add(Call(7, "bob", 10));

        var answer = await test.AskAsync("abcd", new DeskRequest { End = [new CallReference("home-pod", 7, "alice", Call(7, "alice", 10).Since)] });

        Assert.Equal(["call 7 of alice on home-pod: it is over already"], answer.NotEnded);
        Assert.Empty(test.Gateways.Home.Ended);
        Assert.Empty(test.Events.All);
    }

    [Fact]
    public async Task A_desk_reaches_its_own_gateway_only()
    {
        await using var test = await DeskTest.StartAsync();
        var call = Call(7, "alice", 10);
        test.Gateways.Other.Calls.Add(call);

        var answer = await test.AskAsync("abcd", new DeskRequest { End = [new CallReference("other-pod", 7, "alice", call.Since)] });

        Assert.Single(answer.NotEnded);
        Assert.Empty(test.Gateways.Other.Ended);
    }

    [Fact]
    public async Task An_answer_that_nobody_fetches_is_taken_away()
    {
        await using var test = await DeskTest.StartAsync();
        await test.AskAsync("abcd", new DeskRequest { List = new CallFilter() });

        await Eventually.TrueAsync("the answer to go", TimeSpan.FromSeconds(30), () =>
        {
            test.Time.Advance(TimeSpan.FromSeconds(20));
            return Task.FromResult(test.Content("answer.abcd") is null);
        });
    }

    [Fact]
    public async Task What_is_no_request_is_answered_with_what_is_wrong()
    {
        await using var test = await DeskTest.StartAsync();
        var answer = await test.AskAsync("abcd", new DeskRequest());

        Assert.Equal("give exactly one of list and end", answer.Problem);
    }

    private static SessionReport Call(long id, string user, int second) => new(
        id, user, "203.0.113.5:5555", "10.254.0.9", null, DateTimeOffset.UnixEpoch.AddSeconds(second), 1, 2, null, "TLS 1.3", "MSCHAPv2");
}
