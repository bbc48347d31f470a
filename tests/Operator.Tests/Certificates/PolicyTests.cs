using Operator.Certificates.Acme.Transport;
using Operator.Certificates.Acme.Wire;
using Operator.Certificates.Policies;
using Operator.Resources.SstpCertificates;

namespace Operator.Tests.Certificates;

public sealed class PolicyTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(90, null, 60)]      // two thirds
    [InlineData(45, null, 30)]
    [InlineData(6, null, 3)]        // half, below ten days
    [InlineData(90, 10.0, 80)]      // as the resource says
    [InlineData(6, 30.0, 3)]        // as the resource says would mean for ever
    public void A_renewal_is_at_two_thirds_or_half_or_as_the_resource_says(int lifetime, double? before, int day)
    {
        var latest = RenewalSchedule.Pick(Now, Now.AddDays(lifetime), before is null ? null : TimeSpan.FromDays(before.Value), 0);
        var earliest = RenewalSchedule.Pick(
            Now, Now.AddDays(lifetime), before is null ? null : TimeSpan.FromDays(before.Value), 1);

        Assert.Equal(Now.AddDays(day), latest);
        Assert.Equal(Now.AddDays(day - (lifetime - day) * 0.1), earliest);
    }

    [Fact]
    public void A_window_is_picked_from_once_and_again_only_when_it_changes()
    {
        var info = new RenewalInfo(new SuggestedWindow(Now.AddDays(50), Now.AddDays(60)));
        var (window, pick) = RenewalWindowPolicy.Merge(
            null, Now.AddDays(60), info, null, Now, Now.AddDays(90), Now.AddDays(1), 0.5);
        var (_, again) = RenewalWindowPolicy.Merge(window, pick, info, null, Now, Now.AddDays(90), Now.AddDays(2), 0.9);
        var moved = new RenewalInfo(new SuggestedWindow(Now.AddDays(1), Now.AddDays(2)));
        var (_, pulled) = RenewalWindowPolicy.Merge(window, pick, moved, null, Now, Now.AddDays(90), Now.AddDays(3), 0.5);

        Assert.Equal(Now.AddDays(55), pick);
        Assert.Equal(pick, again);
        Assert.Equal(Now.AddDays(3), pulled);
    }

    [Theory]
    [InlineData(1, 1)]                  // too soon
    [InlineData(5 * 3600, 5 * 3600)]
    [InlineData(14 * 86400, 12 * 3600)] // too late to hear of a mass revocation
    public void A_CA_decides_when_it_is_asked_again_within_bounds(int retryAfter, int expected)
    {
        var info = new RenewalInfo(new SuggestedWindow(Now.AddDays(50), Now.AddDays(60)));
        var (window, _) = RenewalWindowPolicy.Merge(
            null, Now.AddDays(60), info, Now.AddSeconds(retryAfter), Now, Now.AddDays(90), Now, 0.5);

        Assert.Equal(Now.AddSeconds(Math.Max(expected, 3600)), window.NextCheck);
    }

    [Theory]
    [InlineData(90, 70, 80, 70, 80)]       // inside: the CA's word
    [InlineData(90, 80, 89, 80, 85)]       // its end is in the reserve
    [InlineData(90, 80, 300, 80, 85)]      // or after the certificate's
    [InlineData(90, 88, 89, 82, 85)]       // all of it is in the reserve
    [InlineData(6, 4, 4.5, 2.7, 3)]        // short-lived: half of it is the reserve
    [InlineData(6, 2, 4, 2, 3)]
    public void A_late_window_never_takes_the_time_that_a_bad_week_of_the_CA_needs(
        int lifetime, double start, double end, double earliest, double latest)
    {
        var info = new RenewalInfo(new SuggestedWindow(Now.AddDays(start), Now.AddDays(end)));

        var picks = new[] { 0, 0.3, 0.999 }
            .Select(random =>
                RenewalWindowPolicy.Merge(null, Now.AddDays(1), info, null, Now, Now.AddDays(lifetime), Now, random).Pick)
            .ToArray();

        Assert.All(picks, pick => Assert.InRange(pick, Now.AddDays(earliest), Now.AddDays(latest)));
        Assert.Equal(picks.Length, picks.Distinct().Count());
    }

    [Fact]
    public void A_window_before_the_certificate_is_one_of_its_predecessor()
    {
        var info = new RenewalInfo(new SuggestedWindow(Now.AddDays(-2), Now.AddDays(1)));

        var (_, pick) = RenewalWindowPolicy.Merge(null, Now.AddDays(60), info, null, Now, Now.AddDays(90), Now, 0.5);

        Assert.Equal(Now.AddDays(60), pick);
    }

    [Fact]
    public void Waits_grow_to_a_day_and_are_the_same_after_a_restart()
    {
        TimeSpan[] waits =
        [
            .. Enumerable.Range(1, 5).Select(count => BackOff.After(AcmeErrorClass.ValidationFailed, count, null, "vpn/office")),
        ];

        double[] minutes = [1, 10, 100, 1440, 1440];
        Assert.All(waits.Zip(minutes), pair => Assert.InRange(pair.First.TotalMinutes, pair.Second, pair.Second * 1.25));
        Assert.Equal(waits[2], BackOff.After(AcmeErrorClass.ValidationFailed, 3, null, "vpn/office"));
        Assert.NotEqual(waits[2], BackOff.After(AcmeErrorClass.ValidationFailed, 3, null, "vpn/home"));
    }

    [Fact]
    public void A_certificate_near_its_end_is_tried_more_often_than_once_a_day()
    {
        Assert.InRange(
            BackOff.After(AcmeErrorClass.ValidationFailed, 4, TimeSpan.FromHours(40), "x"),
            TimeSpan.FromHours(4), TimeSpan.FromHours(5));
        Assert.InRange(
            BackOff.After(AcmeErrorClass.ValidationFailed, 4, TimeSpan.FromHours(-3), "x"),
            TimeSpan.FromHours(1), TimeSpan.FromHours(1.25));
    }

    [Fact]
    public void The_first_check_to_object_gives_the_reason()
    {
        var waiting = new IssuanceFailures
        {
            Count = 1, Last = Now, Class = "RateLimited", Generation = 1, RetryAfter = Now.AddDays(1), Message = "slow down",
        };

        Assert.Null(StartPolicy.ObjectionToBegin(Facts()));
        Assert.Equal(
            StartRefusalReason.RateLimitedByCA,
            StartPolicy.ObjectionToBegin(Facts() with { Failures = waiting, Generation = 2 })!.Reason);
        Assert.Equal(
            StartRefusalReason.BackingOff,
            StartPolicy.ObjectionToBegin(Facts() with { Failures = waiting with { RetryAfter = null } })!.Reason);
        Assert.Null(StartPolicy.ObjectionToBegin(Facts() with { Failures = waiting with { RetryAfter = null }, Generation = 2 }));
        Assert.Equal(
            StartRefusalReason.WaitingForChange,
            StartPolicy.ObjectionToBegin(Facts() with { Failures = waiting with { Class = "ResourceWrong" } })!.Reason);
        Assert.Equal(StartRefusalReason.AccountBusy, StartPolicy.ObjectionToBegin(Facts() with { Active = 10 })!.Reason);
    }

    [Fact]
    public void The_sixth_certificate_for_the_same_names_waits_until_the_first_of_five_is_a_week_old()
    {
        var issued = Enumerable.Range(1, 5).Select(day => Now.AddDays(-day)).ToArray();

        var refusal = StartPolicy.ObjectionToBegin(Facts() with { Issued = issued })!;

        Assert.Equal(StartRefusalReason.DuplicateLimit, refusal.Reason);
        Assert.Equal(Now.AddDays(2), refusal.NotBefore);
        Assert.Null(StartPolicy.ObjectionToBegin(Facts() with { Issued = issued, Now = Now.AddDays(2) }));
    }

    [Fact]
    public void The_next_order_over_the_limit_waits_until_one_falls_out_of_the_window()
    {
        var started = Enumerable.Range(0, 250).Select(minute => Now.AddMinutes(-minute / 2.0)).ToArray();

        Assert.Equal(
            Now.AddMinutes(-124.5).AddHours(3),
            StartPolicy.ObjectionToBegin(Facts() with { StartedLately = started })!.NotBefore);
    }

    [Theory]
    [InlineData("badNonce", "", 400, "BadNonce")]
    [InlineData("rateLimited", "too many", 429, "RateLimited")]
    [InlineData("rateLimited", "see https://ca.example/unpause", 429, "PersonNeeded")]
    [InlineData("serverInternal", "", 500, "ServerTrouble")]
    [InlineData("unauthorized", "", 0, "ValidationFailed")]
    [InlineData("unauthorized", "", 403, "PersonNeeded")]
    [InlineData("dns", "", 0, "ValidationFailed")]
    [InlineData("malformed", "", 400, "ResourceWrong")]
    [InlineData("malformed", "the replaces field is wrong", 400, "AlreadyReplaced")]
    [InlineData("alreadyReplaced", "", 409, "AlreadyReplaced")]
    [InlineData("invalidProfile", "", 400, "ResourceWrong")]
    [InlineData("accountDoesNotExist", "", 400, "AccountUnknown")]
    [InlineData("somethingNew", "", 503, "ServerTrouble")]
    public void Errors_are_sorted_by_what_helps(string kind, string detail, int status, string expected) =>
        Assert.Equal(expected, AcmeErrors.Classify(Problem.Of(kind, detail), status).ToString());

    [Fact]
    public void Of_several_problems_the_one_that_needs_most_decides_and_all_are_told()
    {
        var problem = Problem.Of("compound", "two names failed") with
        {
            Subproblems =
            [
                Problem.Of("dns", "no answer") with { Identifier = Identifier.Of("a.test") },
                Problem.Of("rejectedIdentifier", "not here") with { Identifier = Identifier.Of("b.test") },
            ],
        };

        Assert.Equal(AcmeErrorClass.ResourceWrong, AcmeErrors.Classify(problem, 403));
        Assert.Contains("a.test: no answer (dns)", problem.ToString());
        Assert.Contains("b.test: not here (rejectedIdentifier)", problem.ToString());
    }

    private static StartFacts Facts() => new(null, 1, [], 0, 0, 0, [], null, "vpn/office", new CaLimits(), Now);
}
