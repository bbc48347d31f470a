using System.Text;
using System.Text.Json.Nodes;
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

        var answer = await test.AskAsync(
            "abcd", new DeskRequest { End = [new CallReference("home-pod", 7, "alice", call.Since)] });

        Assert.Equal([7], answer.Ended.Select(ended => ended.Id));
        Assert.Equal([7], test.Gateways.Home.Ended);
        Assert.Equal(
            "Normal CallsEnded: Calls on home-pod that were told to end: 1. Asked for by request abcd in Secret home-desk.",
            Assert.Single(test.Events.All));
    }

    [Fact]
    public async Task Another_call_that_has_got_the_same_number_since_is_left_alone()
    {
        await using var test = await DeskTest.StartAsync();
        test.Gateways.Home.Calls.Add(Call(7, "bob", 10));

        var answer = await test.AskAsync(
            "abcd", new DeskRequest { End = [new CallReference("home-pod", 7, "alice", Call(7, "alice", 10).Since)] });

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

        var answer = await test.AskAsync(
            "abcd", new DeskRequest { End = [new CallReference("other-pod", 7, "alice", call.Since)] });

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

    [Theory]
    [InlineData("""{"end":[null]}""")]
    [InlineData("""{"end":[{}]}""")]
    public async Task A_request_that_names_no_call_is_answered_and_others_are_carried_out(string text)
    {
        await using var test = await DeskTest.StartAsync();
        var call = Call(7, "alice", 10);
        test.Gateways.Home.Calls.Add(call);

        test.Put(
            ("aaaa", DeskFormat.Write(new DeskRequest { End = [new CallReference("home-pod", 7, "alice", call.Since)] })),
            ("bbbb", Encoding.UTF8.GetBytes(text)));

        Assert.NotNull((await test.AnswerAsync("bbbb")).Problem);
        Assert.Single((await test.AnswerAsync("aaaa")).Ended);
    }

    [Fact]
    public async Task A_request_that_brings_out_a_mistake_in_the_operator_is_answered_and_nothing_is_done_twice()
    {
        await using var test = await DeskTest.StartAsync();
        test.Gateways.Home.Calls.AddRange([Call(1, "alice", 10), Call(2, "bob", 20), Call(3, "carol", 30)]);
        test.Gateways.Home.Bugs.Add(2);

        test.Put(("aaaa", End("alice", 1, 10)), ("bbbb", End("bob", 2, 20)), ("cccc", End("carol", 3, 30)));

        Assert.Contains("log", (await test.AnswerAsync("bbbb")).Problem, StringComparison.Ordinal);
        Assert.Null((await test.AnswerAsync("cccc")).Problem);
        Assert.Null((await test.AnswerAsync("aaaa")).Problem);
        Assert.Equal([1, 3], test.Gateways.Home.Ended);

        static byte[] End(string user, long id, int second) =>
            DeskFormat.Write(new DeskRequest { End = [new CallReference("home-pod", id, user, Call(id, user, second).Since)] });
    }

    [Theory]
    [InlineData("Opaque", null)]
    [InlineData("vpn.sstp-operator.dev/desk", null)]
    [InlineData("vpn.sstp-operator.dev/desk", "uid-other")]
    [InlineData("Opaque", "uid-home")]
    public async Task A_secret_of_somebody_else_with_the_name_is_left_alone_and_said_to_be_in_the_way(string type, string? owner)
    {
        var content = DeskFormat.Write(new DeskRequest { List = new CallFilter() });
        await using var test = await DeskTest.StartBesideAsync(Foreign(type, owner, "VpnGateway", "other", content));

        await Eventually.TrueAsync("the event", TimeSpan.FromSeconds(30), () => Task.FromResult(test.Events.All.Count > 0));
        test.Api.Change(DeskTest.DeskPath, secret => secret["data"]!["more"] = "AAAA");
        await Eventually.TrueAsync("the second look", TimeSpan.FromSeconds(30), () => Task.FromResult(test.Events.All.Count > 1));

        Assert.StartsWith("Warning NameTaken: Secret home-desk ", test.Events.All[0], StringComparison.Ordinal);
        Assert.Equal(content, test.Content("request.abcd"));
        Assert.NotNull(test.Content("password"));
        Assert.DoesNotContain(test.Api.Writes, write => write == $"PATCH {DeskTest.DeskPath}");
    }

    [Fact]
    public async Task A_desk_that_another_replica_made_in_the_same_moment_is_used_as_it_is()
    {
        var content = DeskFormat.Write(new DeskRequest { List = new CallFilter() });
        await using var test = await DeskTest.StartBeatenAsync(
            Foreign("vpn.sstp-operator.dev/desk", "uid-home", "VpnGateway", "home", content));

        Assert.Null((await test.AnswerAsync("abcd")).Problem);

        Assert.Equal(1, test.Tries);
        Assert.Empty(test.Events.All);
    }

    [Fact]
    public async Task A_secret_that_a_person_made_in_the_same_moment_is_left_alone()
    {
        var content = DeskFormat.Write(new DeskRequest { List = new CallFilter() });
        await using var test = await DeskTest.StartBeatenAsync(Foreign("Opaque", null, "", "", content));

        await Eventually.TrueAsync("the event", TimeSpan.FromSeconds(30), () => Task.FromResult(test.Events.All.Count > 0));

        Assert.StartsWith("Warning NameTaken: Secret home-desk ", test.Events.All[0], StringComparison.Ordinal);
        Assert.Equal(1, test.Tries);
        Assert.DoesNotContain(test.Api.Writes, write => write == $"PATCH {DeskTest.DeskPath}");
        Assert.Equal(content, test.Content("request.abcd"));
    }

    [Fact]
    public async Task When_a_name_is_free_again_the_desk_is_made()
    {
        await using var test = await DeskTest.StartBesideAsync(Foreign("Opaque", null, "", "", []));
        await Eventually.TrueAsync("the event", TimeSpan.FromSeconds(30), () => Task.FromResult(test.Events.All.Count > 0));

        test.Api.Delete(DeskTest.DeskPath);

        await Eventually.TrueAsync(
            "the desk", TimeSpan.FromSeconds(30),
            () => Task.FromResult(test.Api.Find(DeskTest.DeskPath) is { } made && (string?)made["type"] != "Opaque"));
    }

    [Fact]
    public async Task The_desk_of_a_gateway_that_is_gone_is_waited_for_without_a_complaint()
    {
        await using var test = await DeskTest.StartBesideAsync(
            Foreign("vpn.sstp-operator.dev/desk", "uid-before", "VpnGateway", "home", []));
        await Eventually.TrueAsync(
            "the look", TimeSpan.FromSeconds(30), () => Task.FromResult(test.Api.Requests.Contains($"GET {DeskTest.DeskPath}")));
        test.Api.Delete(DeskTest.DeskPath);

        await Eventually.TrueAsync("the desk", TimeSpan.FromSeconds(30), () =>
            Task.FromResult(
                (string?)test.Api.Find(DeskTest.DeskPath)?["metadata"]!["ownerReferences"]![0]!["uid"] == "uid-home"));
        Assert.Empty(test.Events.All);
    }

    private static JsonObject Foreign(string type, string? ownerUid, string ownerKind, string ownerName, byte[] request)
    {
        var metadata = new JsonObject
        {
            ["name"] = "home-desk",
            ["namespace"] = "ns",
            ["labels"] = new JsonObject { ["vpn.sstp-operator.dev/gateway"] = "home" },
        };
        if (ownerUid is not null)
            metadata["ownerReferences"] = new JsonArray(
                new KubeApi.Objects.OwnerReference("vpn.sstp-operator.dev/v1alpha1", ownerKind, ownerName, ownerUid).ToJson());
        return new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Secret",
            ["metadata"] = metadata,
            ["type"] = type,
            ["data"] = new JsonObject { ["password"] = "AAAA", ["request.abcd"] = Convert.ToBase64String(request) },
        };
    }

    private static SessionReport Call(long id, string user, int second) => new(
        id, user, "203.0.113.5:5555", "10.254.0.9", null,
        DateTimeOffset.UnixEpoch.AddSeconds(second), 1, 2, null, "TLS 1.3", "MSCHAPv2");
}
