using System.Net;
using Operator.Dns.Records;
using Operator.Resources.DdnsRecords;

namespace Operator.Tests.Dns.Records;

/// <summary>Records of one account at a service that takes 20 names a request, through the real reconciler.</summary>
public sealed class FleetListTests
{
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(3);

    [Theory]
    [InlineData(1, 1)]
    [InlineData(20, 1)]
    [InlineData(21, 2)]
    [InlineData(100, 5)]
    public async Task Names_that_are_due_together_share_requests_the_first_time_and_at_each_change(int records, int requests)
    {
        var fleet = new Fleet(records, lists: true);
        for (var change = 1; change <= 3; change++)
        {
            var calls = fleet.Calls;
            var published = fleet.Published.Count;
            fleet.Report($"203.0.113.{change}");
            await fleet.RunAsync(TimeSpan.FromMinutes(2));

            Assert.Equal(requests, fleet.Calls - calls);
            Assert.Equal(records, fleet.Published.Skip(published).Distinct().Count());
            Assert.All(fleet.Statuses, status => Assert.Equal([$"203.0.113.{change}"], status.Published));
        }

        // What a record says of itself it says once a change.
        Assert.InRange(fleet.StatusWrites, 3 * records, 4 * records);
        Assert.All(fleet.Requests, names => Assert.InRange(names.Length, 1, 20));
    }

    [Fact]
    public async Task Passes_that_begin_side_by_side_do_not_part_names_that_go_together()
    {
        // What bench/ddns/converge has: 83 logins of 20 names and one of 8, and as many workers as the operator.
        var fleet = new Fleet(1668, lists: true, namesALogin: 20) { Workers = 24 };
        for (var change = 1; change <= 3; change++)
        {
            var calls = fleet.Calls;
            fleet.Report($"203.0.113.{change}");
            await fleet.RunAsync(TimeSpan.FromSeconds(30));

            Assert.All(fleet.Statuses, status => Assert.Equal([$"203.0.113.{change}"], status.Published));
            Assert.Equal(84, fleet.Calls - calls);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(24)]
    public async Task One_name_alone_waits_for_nobody(int workers)
    {
        var fleet = await PublishedAsync(20, workers);
        fleet.Report("203.0.113.2", only: 7);

        await fleet.RunAsync(TimeSpan.Zero);

        Assert.Equal(["203.0.113.2"], fleet.StatusOf(7).Published);
        Assert.Equal(["r7.example.com"], fleet.Requests[^1]);
    }

    [Fact]
    public async Task A_name_that_the_account_has_not_fails_alone()
    {
        var fleet = new Fleet(20, lists: true) { Word = name => name == "r3.example.com" ? "nohost" : "good" };
        fleet.Report("203.0.113.1");
        await fleet.RunAsync(TimeSpan.FromMinutes(5));

        Assert.Equal(1, fleet.Calls);
        Assert.Equal(
            19, fleet.Statuses.Count(status => status.Published.SequenceEqual(["203.0.113.1"]) && status.Failures is null));
        Assert.Equal("Config", fleet.StatusOf(3).Lockout?.Class);

        // It is not tried again, and the others go on without it.
        fleet.Report("203.0.113.2");
        await fleet.RunAsync(TimeSpan.FromMinutes(5));
        Assert.Equal(2, fleet.Calls);
        Assert.Equal(19, fleet.Requests[^1].Length);
    }

    [Fact]
    public async Task An_answer_that_means_nobody_sends_each_alone_and_no_lists_for_a_day()
    {
        var fleet = new Fleet(6, lists: true) { Lists = _ => "nohost" };
        fleet.Report("203.0.113.1");
        await fleet.RunAsync(TimeSpan.FromMinutes(5));
        Assert.Equal(7, fleet.Calls);
        Assert.All(fleet.Statuses, status => Assert.Equal(["203.0.113.1"], status.Published));

        fleet.Report("203.0.113.2");
        await fleet.RunAsync(TimeSpan.FromMinutes(5));
        Assert.Equal(13, fleet.Calls);

        fleet.Lists = _ => null;
        await fleet.RunAsync(TimeSpan.FromDays(1));
        fleet.Report("203.0.113.3");
        await fleet.RunAsync(TimeSpan.FromMinutes(5));
        Assert.Equal(14, fleet.Calls);
    }

    [Fact]
    public async Task A_name_that_breaks_the_service_is_found_by_sending_each_alone_once()
    {
        var fleet = new Fleet(20, lists: true)
        {
            Fault = request => request.RequestUri!.Query.Contains("r3.", StringComparison.Ordinal)
                ? new HttpResponseMessage(HttpStatusCode.InternalServerError)
                : null,
        };
        fleet.Report("203.0.113.1");
        await fleet.RunAsync(TimeSpan.FromSeconds(15));

        Assert.Equal(19, fleet.Statuses.Count(status => status.Published.SequenceEqual(["203.0.113.1"])));
        Assert.InRange(fleet.Calls, 21, 23);

        var calls = fleet.Calls;
        await fleet.RunAsync(TimeSpan.FromMinutes(2));
        fleet.Report("203.0.113.2");
        await fleet.RunAsync(TimeSpan.FromMinutes(40));

        // Its own retries, and one request for all others.
        Assert.Equal(19, fleet.Statuses.Count(status => status.Published.SequenceEqual(["203.0.113.2"])));
        Assert.Contains(fleet.Requests, names => names.Length >= 18);
        Assert.InRange(fleet.Calls - calls, 2, 25);
    }

    [Fact]
    public async Task One_request_without_an_answer_is_one_failure_of_the_account_and_the_next_is_one_for_all()
    {
        var fleet = await PublishedAsync(20);
        var calls = fleet.Calls;
        fleet.Fault = _ => fleet.Calls == calls + 1 ? throw new HttpRequestException("no route") : null;
        fleet.Report("203.0.113.2");
        await fleet.RunAsync(TimeSpan.FromSeconds(15));

        Assert.InRange(fleet.Calls - calls, 2, 21);
        Assert.All(fleet.Statuses, status => Assert.Equal(["203.0.113.2"], status.Published));
        Assert.All(fleet.Statuses, status => Assert.Null(status.Failures));
    }

    [Fact]
    public async Task An_hour_away_costs_few_requests_and_its_end_one_for_twenty()
    {
        var fleet = await PublishedAsync(40);
        var calls = fleet.Calls;
        fleet.Fault = _ => new HttpResponseMessage(HttpStatusCode.ServiceUnavailable);
        fleet.Report("203.0.113.2");
        await fleet.RunAsync(TimeSpan.FromHours(1));
        Assert.InRange(fleet.Calls - calls, 3, 60);

        calls = fleet.Calls;
        fleet.Fault = _ => null;
        await fleet.RunAsync(TimeSpan.FromMinutes(2));
        Assert.All(fleet.Statuses, status => Assert.Equal(["203.0.113.2"], status.Published));
        Assert.InRange(fleet.Calls - calls, 2, 4);
    }

    [Theory]
    [InlineData("badauth", "Auth")]
    [InlineData("abuse", "Abuse")]
    public async Task What_is_refused_to_the_account_is_sent_for_no_name_of_it_also_after_a_restart(string word, string reason)
    {
        var fleet = await PublishedAsync(20);
        var calls = fleet.Calls;
        fleet.Word = _ => word;
        fleet.Report("203.0.113.2", only: 7);
        await fleet.RunAsync(Moment);
        Assert.Equal(1, fleet.Calls - calls);

        fleet.Word = _ => "good";
        fleet.Report("203.0.113.3");
        await fleet.RunAsync(TimeSpan.FromHours(3));
        Assert.Equal(1, fleet.Calls - calls);
        Assert.All(
            fleet.Statuses,
            status => Assert.Equal(reason, status.Conditions.Single(condition => condition.Type == "Published").Reason));
        Assert.Contains(
            "vpn/r7", fleet.StatusOf(1).Conditions.Single(condition => condition.Type == "Stalled").Message,
            StringComparison.Ordinal);
        Assert.Null(fleet.StatusOf(1).Lockout);

        fleet.Restart();
        fleet.Annotate(7, "anything", "at all");    // the first to come is the one that was told
        await fleet.RunAsync(TimeSpan.FromHours(1));
        Assert.Equal(1, fleet.Calls - calls);

        // A person settles it, at any one of them.
        fleet.Annotate(1, DdnsReconciler.UnlockAnnotation, fleet.Time.GetUtcNow().ToString("o"));
        await fleet.RunAsync(TimeSpan.FromMinutes(10));
        Assert.All(fleet.Statuses, status => Assert.Equal(["203.0.113.3"], status.Published));
        Assert.All(fleet.Statuses, status => Assert.Null(status.Lockout));
        Assert.InRange(fleet.Calls - calls, 2, 4);
    }

    [Fact]
    public async Task Abuse_of_one_name_among_twenty_stops_the_account_when_the_others_are_published()
    {
        var fleet = new Fleet(20, lists: true) { Word = name => name == "r3.example.com" ? "abuse" : "good" };
        fleet.Report("203.0.113.1");
        await fleet.RunAsync(Moment);
        Assert.Equal(19, fleet.Statuses.Count(status => status.Published.SequenceEqual(["203.0.113.1"])));

        fleet.Report("203.0.113.2");
        await fleet.RunAsync(TimeSpan.FromHours(2));
        Assert.Equal(1, fleet.Calls);
        Assert.Equal("Abuse", fleet.StatusOf(3).Lockout?.Class);
    }

    [Fact]
    public async Task The_budget_counts_requests_and_those_in_line_share_turns()
    {
        // 1,400 names are 70 requests; 60 go at once, one a second after that.
        var fleet = new Fleet(1400, lists: true);
        fleet.Report("203.0.113.1");
        await fleet.RunAsync(TimeSpan.FromSeconds(1));
        Assert.InRange(fleet.Calls, 55, 62);
        var turns = fleet.Statuses.Where(status => status.Published.Count == 0).Select(status => status.NextAttempt).ToArray();
        Assert.DoesNotContain(null, turns);

        await fleet.RunAsync(TimeSpan.FromMinutes(1));
        Assert.All(fleet.Statuses, status => Assert.Equal(["203.0.113.1"], status.Published));
        Assert.InRange(fleet.Calls, 70, 85);
    }

    [Fact]
    public async Task A_name_waits_for_passes_beside_its_own_only_until_they_are_over()
    {
        var fleet = await PublishedAsync(20, workers: 24);
        fleet.Report("203.0.113.2", only: 7);
        for (var i = 0; i < 20; i++)
            if (i != 7) fleet.Annotate(i, "anything", "at all");    // passes that have nothing to publish

        await fleet.RunAsync(TimeSpan.Zero);

        Assert.Equal(["203.0.113.2"], fleet.StatusOf(7).Published);
    }

    private static async Task<Fleet> PublishedAsync(int records, int workers = 1)
    {
        var fleet = new Fleet(records, lists: true) { Workers = workers };
        fleet.Report("203.0.113.1");
        await fleet.RunAsync(TimeSpan.FromMinutes(5));
        return fleet;
    }
}
