using System.Net;

namespace Operator.Tests.Dns.Records;

/// <summary>500 records on one account that may be asked once a second.</summary>
public sealed class FleetTests
{
    private const int Records = 500;

    [Fact]
    public async Task Names_of_an_account_whose_budget_is_spent_go_one_after_the_other_each_once_and_each_knows_its_turn()
    {
        var fleet = new Fleet(Records);
        fleet.Report("203.0.113.1");
        await fleet.RunAsync(TimeSpan.FromSeconds(2));
        var turns = fleet.Statuses.Where(status => status.Published.Count == 0).Select(status => status.NextAttempt).ToArray();
        Assert.DoesNotContain(null, turns);
        Assert.Equal(turns.Length, turns.Distinct().Count());

        await fleet.RunAsync(TimeSpan.FromMinutes(10));

        Assert.Equal(Records, fleet.Calls);
        Assert.Equal(Records, fleet.Published.Distinct().Count());
        Assert.All(fleet.Statuses, status => Assert.Equal(["203.0.113.1"], status.Published));

        // One when it joins the line, one when it is published.
        Assert.InRange(fleet.StatusWrites, Records, 2 * Records);
        Assert.InRange(fleet.Passes, Records, 6 * Records);
    }

    [Fact]
    public async Task The_line_is_as_fast_as_the_budget()
    {
        var fleet = new Fleet(Records);
        fleet.Report("203.0.113.1");

        await fleet.RunAsync(TimeSpan.FromSeconds(30));
        Assert.InRange(fleet.Calls, 85, 92);

        await fleet.RunAsync(TimeSpan.FromMinutes(7));
        Assert.Equal(Records, fleet.Calls);
    }

    [Fact]
    public async Task A_service_that_is_away_for_an_hour_is_asked_for_all_of_them_by_one_and_all_follow_when_it_is_back()
    {
        var fleet = new Fleet(50);
        fleet.Report("203.0.113.1");
        await fleet.RunAsync(TimeSpan.FromMinutes(2));
        var calls = fleet.Calls;
        fleet.Fault = _ => new HttpResponseMessage(HttpStatusCode.ServiceUnavailable);
        fleet.Report("203.0.113.2");
        var writes = fleet.StatusWrites;

        await fleet.RunAsync(TimeSpan.FromHours(1));
        Assert.InRange(fleet.Calls - calls, 3, 15);

        // A person reads something new whenever the service was asked once more.
        Assert.InRange(fleet.StatusWrites - writes, 50, 50 * 15);
        Assert.All(fleet.Statuses, status =>
            Assert.Equal("False", status.Conditions.Single(condition => condition.Type == "Published").Status.ToString()));

        fleet.Fault = _ => null;
        await fleet.RunAsync(TimeSpan.FromMinutes(2));

        Assert.All(fleet.Statuses, status => Assert.Equal(["203.0.113.2"], status.Published));
    }

    [Fact]
    public async Task One_name_that_the_service_cannot_do_does_not_hold_up_the_others()
    {
        var fleet = new Fleet(20)
        {
            Fault = request => request.RequestUri!.Query.Contains("hostname=r0.", StringComparison.Ordinal)
                ? new HttpResponseMessage(HttpStatusCode.InternalServerError)
                : null,
        };
        fleet.Report("203.0.113.1");
        await fleet.RunAsync(TimeSpan.FromMinutes(5));
        fleet.Report("203.0.113.2");

        await fleet.RunAsync(TimeSpan.FromMinutes(35));

        Assert.Equal(19, fleet.Statuses.Count(status => status.Published.SequenceEqual(["203.0.113.2"])));
        Assert.InRange(fleet.Calls, 38, 75);
    }
}
