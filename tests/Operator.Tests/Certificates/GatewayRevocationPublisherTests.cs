using GatewayConfig.Channel;
using Operator.Tests.Gateways.Desk;

namespace Operator.Tests.Certificates;

public sealed class GatewayRevocationPublisherTests
{
    private static readonly byte[] List = [1, 2, 3];

    [Fact]
    public async Task A_list_that_a_gateway_serves_and_keeps_is_sent_once()
    {
        await using var test = await DeskTest.StartAsync();

        Assert.Null(await PublishAsync(test));
        Assert.Null(await PublishAsync(test));

        Assert.Equal(["ca"], test.Gateways.Home.Lists);
        Assert.Empty(test.Gateways.Other.Lists);
    }

    [Theory]
    [InlineData(true, "it will not be there after a restart: No space left on device")]
    [InlineData(false, "listening.httpPort is 0")]
    public async Task One_that_it_could_not_keep_or_serve_is_said_and_sent_again(bool isServing, string problem)
    {
        await using var test = await DeskTest.StartAsync();
        test.Gateways.Home.Serving = new ServingReport { IsServing = isServing, Problem = problem };

        Assert.Contains(problem, await PublishAsync(test), StringComparison.Ordinal);

        test.Gateways.Home.Serving = new ServingReport { IsServing = true };
        Assert.Null(await PublishAsync(test));
        Assert.Equal(["ca", "ca"], test.Gateways.Home.Lists);
    }

    [Fact]
    public async Task Without_the_gateway_it_is_said_which_one_is_missing()
    {
        await using var test = await DeskTest.StartAsync();

        Assert.Equal(
            "VpnGateway gone does not exist",
            await test.Publisher.PublishAsync("ns", "gone", "ca", List, CancellationToken.None));
    }

    private static Task<string?> PublishAsync(DeskTest test) =>
        test.Publisher.PublishAsync("ns", "home", "ca", List, CancellationToken.None);
}
