using Bench.Report;

namespace BenchReport.Tests;

public sealed class OffloadComparisonTests
{
    [Fact]
    public void Accepts_servers_that_saw_the_same_offloads() =>
        Assert.Empty(OffloadComparison.Of([new("a", "on"), new("a", "on"), new("b", "on"), new("b", "on")]).Refused);

    [Fact]
    public void Refuses_a_server_that_left_other_offloads_behind() =>
        Assert.Equal(["b"], OffloadComparison.Of([new("a", "on"), new("a", "on"), new("b", "on"), new("b", "off")]).Refused);

    [Fact]
    public void Names_a_refused_server_once() =>
        Assert.Equal(
            ["b"],
            OffloadComparison.Of([new("a", "on"), new("a", "on"), new("a", "on"), new("b", "off"), new("b", "none")]).Refused);
}
