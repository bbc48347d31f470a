using System.Diagnostics;
using KubeApi.Leases;
using TestSupport.Time;

namespace KubeApi.Tests.Leases;

public sealed class LeaderElectorTests : IAsyncLifetime, IAsyncDisposable
{
    private readonly ManualTime _time = new();
    private readonly LeaseServer _server = new();
    private readonly List<Candidate> _candidates = [];
    private int _acting;
    private int _mostActing;

    // xUnit 2 calls these two, and passes IAsyncDisposable by.
    Task IAsyncLifetime.InitializeAsync() => Task.CompletedTask;

    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task One_of_several_leads_whatever_their_clocks_say()
    {
        await using var first = New("first", TimeSpan.FromDays(-3));
        await using var second = New("second", TimeSpan.FromHours(5));
        await using var third = New("third", TimeSpan.Zero);
        await UntilAsync("a leader", () => _acting == 1);

        await PassAsync(TimeSpan.FromMinutes(2));

        Assert.Equal(1, _acting);
        Assert.Equal(1, _mostActing);
        Assert.DoesNotContain(true, new[] { first, second, third }.Select(candidate => candidate.HasEnded));
    }

    [Fact]
    public async Task A_leader_that_stops_hands_over_at_once()
    {
        await using var first = New("first", TimeSpan.Zero);
        await UntilAsync("the first", () => first.IsActing);
        await using var second = New("second", TimeSpan.FromHours(1));
        await PassAsync(TimeSpan.FromSeconds(5));

        Assert.True(await first.StopAsync());
        Assert.Equal("", _server.Holder);
        var released = _time.GetTimestamp();
        await UntilAsync("the second", () => second.IsActing);

        Assert.True(_time.GetElapsedTime(released) < TimeSpan.FromSeconds(10));
        Assert.Equal(1, _mostActing);
    }

    [Fact]
    public async Task A_leader_that_dies_is_followed_when_its_lease_has_run_out_by_the_clock_of_whoever_waits()
    {
        await using var waiting = await LeaseOfADeadLeaderAsync();
        var begun = _time.GetTimestamp();

        await UntilAsync("the successor", () => waiting.IsActing);

        Assert.InRange(_time.GetElapsedTime(begun), TimeSpan.FromSeconds(14), TimeSpan.FromSeconds(25));
    }

    [Fact]
    public async Task A_leader_that_cannot_renew_stops_before_another_may_start()
    {
        await using var first = New("first", TimeSpan.Zero);
        await UntilAsync("the first", () => first.IsActing);
        await using var second = New("second", TimeSpan.Zero);
        await PassAsync(TimeSpan.FromSeconds(5));

        _server.IsBroken = true;
        var broken = _time.GetTimestamp();
        await UntilAsync("the first to stop", () => !first.IsActing);
        Assert.True(_time.GetElapsedTime(broken) < TimeSpan.FromSeconds(13));
        _server.IsBroken = false;
        await UntilAsync("the second", () => second.IsActing);

        Assert.Equal(1, _mostActing);
        Assert.False(await first.StopAsync());
    }

    [Fact]
    public async Task A_short_outage_of_the_server_changes_nothing()
    {
        await using var first = New("first", TimeSpan.Zero);
        await UntilAsync("the first", () => first.IsActing);

        _server.IsBroken = true;
        await PassAsync(TimeSpan.FromSeconds(5));
        _server.IsBroken = false;
        await PassAsync(TimeSpan.FromSeconds(30));

        Assert.True(first.IsActing);
    }

    [Fact]
    public void Times_that_would_let_two_lead_are_refused()
    {
        var options = new LeaderElectionOptions
        {
            Lease = new("ns", "x"), Identity = "x", RenewDeadline = TimeSpan.FromSeconds(15),
        };

        Assert.Throws<ArgumentException>(options.Validate);
    }

    private async Task<Candidate> LeaseOfADeadLeaderAsync()
    {
        using var client = Server.Clients.To(_server.Server, _time);
        await client.CreateAsync(KubeApi.Objects.BuiltIn.Leases, new System.Text.Json.Nodes.JsonObject
        {
            ["metadata"] = new System.Text.Json.Nodes.JsonObject { ["name"] = "operator", ["namespace"] = "ns" },
            ["spec"] = new System.Text.Json.Nodes.JsonObject
            {
                ["holderIdentity"] = "dead",
                ["leaseDurationSeconds"] = 15,
                // Renewed tomorrow, if one believed it.
                ["renewTime"] = KubeApi.Objects.KubeTime.Micros(_time.GetUtcNow().AddDays(1)),
            },
        }, CancellationToken.None);
        return New("waiting", TimeSpan.Zero);
    }

    private Candidate New(string identity, TimeSpan skew)
    {
        var candidate = new Candidate(_server, identity, new Candidate.SkewedTime(_time, skew), change =>
        {
            var now = Interlocked.Add(ref _acting, change);
            if (now > _mostActing) _mostActing = now;
        });
        _candidates.Add(candidate);
        return candidate;
    }

    /// <summary>Nothing happens before time passes: all who have not ended pause between two looks at the lease.</summary>
    private bool IsQuiet =>
        _candidates.All(candidate => candidate.IsSettled) && _time.Pauses == _candidates.Count(candidate => !candidate.HasEnded);

    private async Task PassAsync(TimeSpan time)
    {
        var end = _time.GetUtcNow() + time;
        await UntilAsync("time to pass", () => _time.GetUtcNow() >= end);
    }

    /// <summary>A tenth of a second of virtual time each time that nobody has anything left to do:
    /// an answer comes in no time, however long a busy machine takes for it.</summary>
    private async Task UntilAsync(string what, Func<bool> holds)
    {
        var waited = Stopwatch.StartNew();
        while (!holds())
        {
            if (waited.Elapsed > TimeSpan.FromSeconds(60)) throw new TimeoutException($"Waited a minute for {what}.");
            if (IsQuiet) _time.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Delay(TimeSpan.FromMilliseconds(1));
        }
    }
}
