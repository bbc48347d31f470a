using SstpTransport.Polling;
using SstpTransport.Tun;

namespace Bench.Traffic;

/// <summary>Two tunnel devices and nothing between them: super-packets pass as they are.
/// With TLS it is all that a VPN cannot save.</summary>
internal static class DeviceRelay
{
    public static void Run(string first, string second)
    {
        using var left = TunDevice.Open(first, 1, TunOffloads.TcpAndUdp);
        using var right = TunDevice.Open(second, 1, TunOffloads.TcpAndUdp);
        using var forth = new Poller(0);
        using var back = new Poller(1);
        left.Queues[0].Attach(forth, new Direction(left.Queues[0], right.Queues[0]));
        right.Queues[0].Attach(back, new Direction(right.Queues[0], left.Queues[0]));
        Console.WriteLine("up");
        Thread.Sleep(Timeout.Infinite);
    }

    private sealed class Direction(TunQueue from, TunQueue to) : IPolled
    {
        private readonly byte[] _packet = GC.AllocateUninitializedArray<byte>(TunQueue.MaxPacketLength, pinned: true);

        public void OnReady(PollEvents events)
        {
            for (var i = 0; i < 16 && from.Read(_packet, out var offload) is > 0 and var length; i++)
                to.Write(offload, _packet.AsSpan(0, length));
        }
    }
}
