using SstpTransport.Polling;
using SstpTransport.Tun;

namespace Bench.Traffic;

/// <summary>Two tunnel devices joined by a line with a rate, a delay and a buffer, alike both ways.
/// No offloads: its packets are a line's.</summary>
/// <param name="MegabitsPerSecond">Of IP packets.</param>
/// <param name="Delay">One way, on top of what sending at the rate takes.</param>
/// <param name="Buffer">What the router in front of it holds back at most; further packets are dropped.</param>
internal sealed record Line(double MegabitsPerSecond, TimeSpan Delay, TimeSpan Buffer)
{
    public void Run(string first, string second)
    {
        using var left = TunDevice.Open(first, 1);
        using var right = TunDevice.Open(second, 1);
        using var forth = new Poller(0);
        using var back = new Poller(1);
        var there = new LineDirection(left.Queues[0], right.Queues[0], this);
        var here = new LineDirection(right.Queues[0], left.Queues[0], this);
        left.Queues[0].Attach(forth, there);
        right.Queues[0].Attach(back, here);
        new Thread(there.Deliver) { IsBackground = true }.Start();
        new Thread(here.Deliver) { IsBackground = true }.Start();
        Console.WriteLine("up");
        Thread.Sleep(Timeout.Infinite);
    }
}
