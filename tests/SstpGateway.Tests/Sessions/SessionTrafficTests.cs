using SstpGateway.Metrics;
using SstpGateway.Sessions;

namespace SstpGateway.Tests.Sessions;

public sealed class SessionTrafficTests
{
    [Fact]
    public void Sums_what_calls_have_carried_and_dropped()
    {
        var call = new SessionTraffic();
        call.CountFromClient(100);
        call.CountFromClient(50);
        call.CountToClient(1, 1400);
        call.CountDrop(PacketDrop.SourceAddress);
        var total = new SessionTraffic();
        total.Add(call);
        total.Add(call);

        Assert.Equal(new TrafficCount(4, 300), total.FromClient);
        Assert.Equal(new TrafficCount(2, 2800), total.ToClient);
        Assert.Equal(2, total.Drops(PacketDrop.SourceAddress));
        Assert.Equal(0, total.Drops(PacketDrop.Isolation));
    }
}
