using System.Net;
using Bench.Traffic;

// What iperf3 and ping do not measure; bench/lib/measure.sh runs it.
switch (args)
{
    case ["udp-echo-server", var endPoint]:
        EchoServer.Run(IPEndPoint.Parse(endPoint));
        return 0;
    case ["udp-echo", var endPoint, var inFlight, var size, var seconds]:
        Console.WriteLine(new EchoClient(IPEndPoint.Parse(endPoint), int.Parse(inFlight), int.Parse(size))
            .Run(TimeSpan.FromSeconds(int.Parse(seconds))));
        return 0;
    case ["tls", var gigabytes]:
        Console.WriteLine(await TlsCost.MeasureAsync(double.Parse(gigabytes)));
        return 0;
    case ["relay", var first, var second]:
        DeviceRelay.Run(first, second);
        return 0;
    case ["line", var first, var second, var megabits, var delay, var buffer]:
        new Line(
            double.Parse(megabits),
            TimeSpan.FromMilliseconds(double.Parse(delay)),
            TimeSpan.FromMilliseconds(double.Parse(buffer)))
            .Run(first, second);
        return 0;
    default:
        Console.Error.WriteLine("""
            usage: bench-traffic udp-echo-server ADDRESS:PORT
                   bench-traffic udp-echo ADDRESS:PORT IN-FLIGHT BYTES SECONDS   prints {"perSecond", "p50", "p99", "lost"}, times in ms
                   bench-traffic tls GIGABYTES                                   prints CPU seconds per GB of TLS 1.3, both ends and TCP
                   bench-traffic relay DEVICE DEVICE                             carries packets between two tunnel devices it makes
                   bench-traffic line DEVICE DEVICE MBIT DELAY BUFFER            the same with a rate, and a delay one way and a buffer in ms
            """);
        return 64;
}
