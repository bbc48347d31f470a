using Operator.Tests.Dns.Providers.Cloudflare;

namespace Operator.Tests.Dns.Records;

/// <summary>A service that is away for six hours, through the real reconciler in simulated time.</summary>
public sealed class OutageTests
{
    private const int MostCalls = 30;
    private static readonly TimeSpan SixHours = TimeSpan.FromHours(6);
    private static readonly TimeSpan Soon = TimeSpan.FromMinutes(2);

    [Theory]
    [InlineData("203.0.113.2", 0)]
    [InlineData("203.0.113.2", 17)]
    [InlineData("203.0.113.2", 29)]
    public async Task A_black_hole_of_six_hours_ends_with_the_right_record_within_two_minutes_and_few_calls(
        string address, int minutesMore)
    {
        var bench = await PublishedAsync();
        bench.Server.Fault = _ => throw new HttpRequestException("connection timed out");
        bench.Server.Host = () => throw new HttpRequestException("connection timed out");
        bench.Report(address);
        await bench.RunAsync(SixHours + TimeSpan.FromMinutes(minutesMore));
        Assert.Equal(["A vpn.example.com 203.0.113.1"], bench.Zone()[..1]);
        Assert.Equal("ProviderTransient", bench.Condition("Published").Reason);
        Assert.NotNull(bench.Status.NextAttempt);

        bench.Server.Fault = _ => null;
        bench.Server.Host = () => null;
        var took = await bench.RunUntilAsync(address, Soon);

        Assert.InRange(took, TimeSpan.Zero, Soon);
        Assert.InRange(Calls(bench), 3, MostCalls - 1);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(17)]
    [InlineData(29)]
    public async Task Six_hours_of_503_from_a_host_with_nothing_behind_it_end_the_same_way(int minutesMore)
    {
        var bench = await PublishedAsync();
        bench.Server.Fault = _ => CloudflareServer.Error(503, 0, "no backend");
        bench.Server.Host = () => CloudflareServer.Error(503, 0, "no backend");
        bench.Report("203.0.113.2");
        await bench.RunAsync(SixHours + TimeSpan.FromMinutes(minutesMore));

        bench.Server.Fault = _ => null;
        bench.Server.Host = () => null;
        await bench.RunUntilAsync("203.0.113.2", Soon);

        Assert.InRange(Calls(bench), 3, MostCalls - 1);
    }

    [Fact]
    public async Task Where_only_the_api_fails_and_its_host_seems_well_calls_stay_few_and_the_clock_alone_finds_the_end()
    {
        var bench = await PublishedAsync();
        bench.Server.Fault = _ => CloudflareServer.Error(503, 0, "the database is away");
        bench.Report("203.0.113.2");
        await bench.RunAsync(SixHours);

        bench.Server.Fault = _ => null;
        await bench.RunUntilAsync("203.0.113.2", TimeSpan.FromMinutes(36.1));

        Assert.InRange(Calls(bench), 3, MostCalls - 1);
    }

    [Fact]
    public async Task A_host_that_comes_and_goes_while_the_api_stays_away_costs_few_calls_too()
    {
        var bench = await PublishedAsync();
        var begin = bench.Time.GetUtcNow();
        bench.Server.Fault = _ => CloudflareServer.Error(503, 0, "down");
        bench.Server.Host = () =>
            (int)(bench.Time.GetUtcNow() - begin).TotalMinutes % 10 < 5 ? CloudflareServer.Error(503, 0, "down") : null;
        bench.Report("203.0.113.2");

        await bench.RunAsync(SixHours);

        Assert.InRange(Calls(bench), 3, MostCalls - 1);
    }

    [Fact]
    public async Task A_restart_in_the_middle_of_an_outage_forgets_neither_the_wait_nor_the_look()
    {
        var bench = await PublishedAsync();
        bench.Server.Fault = _ => throw new HttpRequestException("connection timed out");
        bench.Server.Host = () => throw new HttpRequestException("connection timed out");
        bench.Report("203.0.113.2");
        await bench.RunAsync(TimeSpan.FromHours(3));
        var calls = bench.Server.Requests.Count;

        bench.Restart();
        await bench.RunAsync(TimeSpan.FromMinutes(5));
        Assert.InRange(bench.Server.Requests.Count - calls, 0, 1);

        bench.Restart();
        bench.Server.Fault = _ => null;
        bench.Server.Host = () => null;
        await bench.RunUntilAsync("203.0.113.2", Soon);
    }

    [Fact]
    public async Task A_service_that_says_that_it_is_down_is_neither_called_nor_looked_at_for_half_an_hour()
    {
        var bench = await PublishedAsync();
        bench.Server.Fault = _ => CloudflareServer.Error(503, 0, "wait", ("Retry-After", "1800"));
        bench.Report("203.0.113.2");
        await bench.RunAsync(TimeSpan.FromSeconds(1));
        var calls = bench.Server.Requests.Count;

        await bench.RunAsync(TimeSpan.FromMinutes(29));

        Assert.Equal((calls, 0), (bench.Server.Requests.Count, bench.Server.Looks));
    }

    private static async Task<RecordBench> PublishedAsync()
    {
        var bench = new RecordBench(RecordBench.Spec("""
            "source":{"kind":"Push","push":{"tokenSecret":{"name":"p","key":"t"}},"allowedRanges":["203.0.113.0/24"]}
            """));
        bench.Report("203.0.113.1");
        await bench.RunAsync(TimeSpan.FromMinutes(1));
        bench.Server.Requests.Clear();
        return bench;
    }

    private static int Calls(RecordBench bench) => bench.Server.Requests.Count;
}
