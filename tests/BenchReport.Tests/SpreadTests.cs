using Bench.Report;

namespace BenchReport.Tests;

public sealed class SpreadTests
{
    [Theory]
    [InlineData(new[] { 3.0, 1.0, 2.0 }, 2.0)]
    [InlineData(new[] { 4.0, 1.0, 3.0, 2.0 }, 2.5)]
    [InlineData(new[] { 7.0 }, 7.0)]
    public void Takes_the_middle_of_the_values_whatever_their_order(double[] values, double median) =>
        Assert.Equal(median, Spread.Of(values).Median);

    [Fact]
    public void Shows_the_least_and_the_most_beside_the_median() =>
        Assert.Equal("12.3 (4.57 to 1,235)", Spread.Of([12.34, 4.567, 1234.6]).ToString());

    [Fact]
    public void Shows_a_single_value_alone() => Assert.Equal("0.05", Spread.Of([0.05]).ToString());
}
