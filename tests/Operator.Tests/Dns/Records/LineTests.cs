using Operator.Tests.Dns.Sources;

namespace Operator.Tests.Dns.Records;

/// <summary>A home line as a web echo service sees it, through the real reconciler with
/// the defaults of a record, in simulated time.</summary>
public sealed class LineTests : IAsyncLifetime, IAsyncDisposable
{
    private readonly LoopbackWeb _echo;
    private RecordBench? _bench;
    private Func<TimeSpan, string> _address = _ => "203.0.113.1";
    private DateTimeOffset _begin;

    public LineTests() => _echo = new LoopbackWeb((stream, stopping) =>
        stream.WriteAsync(LoopbackWeb.Answer(_address(_bench!.Time.GetUtcNow() - _begin)), stopping).AsTask());

    // xUnit 2 calls these two, and passes IAsyncDisposable by.
    Task IAsyncLifetime.InitializeAsync() => Task.CompletedTask;

    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();

    public ValueTask DisposeAsync() => _echo.DisposeAsync();

    [Theory]
    [InlineData(40)]
    [InlineData(90)]
    public async Task A_line_that_alternates_for_an_hour_is_published_at_most_four_times(int seconds)
    {
        var bench = Start(at => (int)at.TotalSeconds / seconds % 2 == 0 ? "203.0.113.1" : "203.0.113.2");

        await bench.RunAsync(TimeSpan.FromHours(1));

        Assert.InRange(Changes(bench), 1, 4);
        Assert.InRange(_echo.Requests, 50, 260);
    }

    [Fact]
    public async Task A_damped_line_says_until_when_and_is_published_as_it_is_once_it_is_calm()
    {
        var hour = TimeSpan.FromHours(1);
        var bench = Start(at => at > hour ? "203.0.113.7" : (int)at.TotalSeconds / 90 % 2 == 0 ? "203.0.113.1" : "203.0.113.2");
        await bench.RunAsync(hour + TimeSpan.FromMinutes(2));
        Assert.Equal("FlapDamped", bench.Condition("Published").Reason);
        Assert.True(bench.Status.DampedUntil > bench.Time.GetUtcNow() && bench.Status.NextAttempt == bench.Status.DampedUntil);

        await bench.RunUntilAsync("203.0.113.7", hour);
    }

    [Theory]
    [InlineData(600)]
    [InlineData(617)]
    [InlineData(641)]
    [InlineData(659)]
    public async Task A_new_address_is_published_within_ninety_seconds(int change)
    {
        var bench = Start(at => at < TimeSpan.FromSeconds(change) ? "203.0.113.1" : "203.0.113.2");
        await bench.RunAsync(TimeSpan.FromSeconds(change));

        var took = await bench.RunUntilAsync("203.0.113.2", TimeSpan.FromSeconds(91));

        Assert.InRange(took.TotalSeconds, 0, 90);
    }

    private RecordBench Start(Func<TimeSpan, string> address)
    {
        _address = address;
        _bench = new RecordBench(RecordBench.Spec(
            $$$"""
            "source":{"kind":"Web","web":{"urls4":["{{{_echo.Url}}}"],"asked":1,"quorum":1},"allowedRanges":["203.0.113.0/24"]}
            """));
        _begin = _bench.Time.GetUtcNow();
        return _bench;
    }

    // The first publication is a change as well.
    private static int Changes(RecordBench bench) =>
        bench.Server.Requests.Count(request => request.StartsWith("PATCH", StringComparison.Ordinal)) + 1;
}
