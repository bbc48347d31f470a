using Operator.Dns.Failover;

namespace Operator.Tests.Dns.Failover;

public sealed class QuorumTests
{
    /// <summary>Votes: g good, b failed, s silent; the operator's first.</summary>
    [Theory]
    [InlineData("g", null, "good")]
    [InlineData("b", null, "failed")]
    [InlineData("b", 2, "failed")]      // a quorum of more than there are is all of them
    [InlineData("bgg", null, "good")]
    [InlineData("bbg", null, "failed")]
    [InlineData("bgg", 1, "failed")]
    [InlineData("bbg", 3, "good")]
    [InlineData("bbb", 3, "failed")]
    [InlineData("bs", null, "undecided")]
    [InlineData("gs", null, "undecided")]
    [InlineData("bss", null, "undecided")]
    [InlineData("bgs", null, "good")]
    [InlineData("bbs", null, "failed")]
    [InlineData("bbs", 3, "undecided")]
    [InlineData("gss", 1, "good")]
    [InlineData("ss", null, "undecided")]
    public void Who_is_silent_has_no_say_and_too_few_votes_change_nothing(string votes, int? quorum, string expected)
    {
        var joint = Quorum.Join([.. votes.Select((vote, i) => new VantageVote(
            $"point {i}", vote == 's' ? null : new ProbeResult(vote == 'g', "refused"), vote == 's' ? "no answer" : null))],
            quorum);

        Assert.Equal(
            expected,
            joint switch { JointLook.Seen { Result.IsGood: true } => "good", JointLook.Seen => "failed", _ => "undecided" });
    }

    [Fact]
    public void Who_saw_it_down_and_who_was_silent_is_said()
    {
        VantageVote down(string point) => new(point, new ProbeResult(false, "203.0.113.1: tcp: refused"));
        var silent = new VantageVote("gateway b", null, "no answer in time");

        Assert.Equal(
            "203.0.113.1: tcp: refused (seen by the operator, gateway a)",
            ((JointLook.Seen)Quorum.Join([down("the operator"), down("gateway a"), silent], null)).Result.Message);
        Assert.Equal(
            "2 of 2 points of view have to look, and 1 could. gateway b: no answer in time",
            ((JointLook.Undecided)Quorum.Join([down("the operator"), silent], null)).Why);
    }

    [Fact]
    public void A_streak_of_failures_goes_on_after_rounds_in_which_too_few_could_look()
    {
        var start = DateTimeOffset.FromUnixTimeSeconds(1_800_000_000);
        JointLook good = new JointLook.Seen(new ProbeResult(true, "")), bad = new JointLook.Seen(new ProbeResult(false, "")),
            none = new JointLook.Undecided("who?");
        var counts = TargetCounts.Unknown(start);
        TargetCounts Look(JointLook look) => counts = counts.Look(look, start, rise: 2, fall: 3);

        Look(good);
        Assert.True(Look(good).Health);
        Look(bad);
        Look(bad);
        for (var i = 1; i <= 50; i++) Assert.Equal((true, i), (Look(none).Health, counts.Unseen));
        Assert.False(Look(bad).Health);
        Assert.Equal(0, counts.Unseen);
    }
}
