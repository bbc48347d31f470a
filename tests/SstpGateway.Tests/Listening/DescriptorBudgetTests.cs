using SstpGateway.Listening;

namespace SstpGateway.Tests.Listening;

public sealed class DescriptorBudgetTests
{
    [Theory]
    [InlineData(1024, 256)]
    [InlineData(524288, 261888)]
    [InlineData(512, 1)]
    [InlineData(100, 1)]
    public void Leaves_room_for_the_program_itself_and_two_for_each_connection(long limit, int connections) =>
        Assert.Equal(connections, DescriptorBudget.ConnectionsWithin(limit));

    [Fact]
    public void Knows_the_limit_of_this_process() => Assert.InRange(DescriptorBudget.Limit(), 256, long.MaxValue);
}
