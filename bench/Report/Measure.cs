namespace Bench.Report;

/// <summary>A row of the table.</summary>
/// <param name="Key">The name under which bench/lib/measure.sh records it.</param>
/// <param name="Title">What the reader sees, with the unit.</param>
internal sealed record Measure(string Key, string Title)
{
    /// <summary>Numbers of calls that bench/run may be told to load a server with, and plots against.</summary>
    public static IReadOnlyList<int> Loads { get; } = [1, 4, 10, 50, 200, 500, 1000, 2000, 5000];

    /// <summary>All rows, in the order of the table.</summary>
    public static IReadOnlyList<Measure> All { get; } =
    [
        new("down1.mbit", "TCP down, 1 call, Mbit/s"),
        new("up1.mbit", "TCP up, 1 call, Mbit/s"),
        new("down4.mbit", "TCP down, 4 calls together, Mbit/s"),
        new("up4.mbit", "TCP up, 4 calls together, Mbit/s"),
        new("down1.retransmits", "segments sent again, TCP down, 1 call"),
        new("up1.retransmits", "segments sent again, TCP up, 1 call"),
        new("down4.retransmits", "segments sent again, TCP down, 4 calls"),
        new("up4.retransmits", "segments sent again, TCP up, 4 calls"),
        new("down4.share", "slowest of 4 calls down, % of its fair share"),
        new("up4.share", "slowest of 4 calls up, % of its fair share"),
        new("down1.server-cpu", "server CPU down, 1 call, s/GB"),
        new("up1.server-cpu", "server CPU up, 1 call, s/GB"),
        new("down4.server-cpu", "server CPU down, 4 calls, s/GB"),
        new("up4.server-cpu", "server CPU up, 4 calls, s/GB"),
        new("down1.client-cpu", "client CPU down, 1 call, s/GB"),
        new("up1.client-cpu", "client CPU up, 1 call, s/GB"),
        new("first.ping-p50", "ping in the first two seconds of a call, median, ms"),
        new("first.ping-p99", "ping in the first two seconds of a call, p99, ms"),
        new("idle.ping-p50", "ping in the tunnel, idle, median, ms"),
        new("idle.ping-p99", "ping in the tunnel, idle, p99, ms"),
        new("down1.ping-p99", "ping p99 during TCP down, 1 call, ms"),
        new("up1.ping-p99", "ping p99 during TCP up, 1 call, ms"),
        new("down4.ping-p50", "ping during TCP down, 4 calls, median, ms"),
        new("down4.ping-p99", "ping p99 during TCP down, 4 calls, ms"),
        new("up4.ping-p99", "ping p99 during TCP up, 4 calls, ms"),
        new("small.rate", "UDP echo of 100 B packets, 64 in flight, each way per second"),
        new("small.p99", "UDP echo, 64 in flight, p99, ms"),
        new("shaped.mbit", "TCP down on a line of 50 Mbit/s and 20 ms, Mbit/s"),
        new("shaped-up.mbit", "TCP up on it, Mbit/s"),
        new("shaped.ping-idle-p50", "ping on it, idle, median, ms"),
        new("shaped.ping-p50", "ping on it during the download, median, ms"),
        new("shaped-up.ping-p50", "ping on it during the upload, median, ms"),
        new("shaped.ping-idle", "ping p99 on it, idle, ms"),
        new("shaped.ping-p99", "ping p99 on it during the download, ms"),
        new("shaped-up.ping-p99", "ping p99 on it during the upload, ms"),
        new("shaped-again.ping-p99", "ping p99 on it during a second download, ms"),
        new("shaped-again-up.ping-p99", "ping p99 on it during a second upload, ms"),
        new("calls.rate", "calls set up per second, server just started"),
        new("calls.p99", "time to set up a call, p99, ms"),
        new("calls.failed", "calls that failed"),
        new("calls.memory", "server memory per idle call, KiB"),
        new("setup.rate", "calls set up per second, server warm"),
        new("setup.failed", "calls of these that failed"),
        new("setup.half-p99", "time to set up a call at half that rate, p99, ms"),
        new("setup.half-failed", "calls of these that failed (half rate)"),
        .. Loads.SelectMany(calls => new Measure[]
        {
            new($"load.{calls}.mbit", $"{calls} calls with echoes of 1400 B, all together, Mbit/s each way"),
            new($"load.{calls}.share", $"{calls} calls, slowest, % of its fair share"),
            new($"load.{calls}.cpu", $"{calls} calls, server CPU, s/GB each way"),
            new($"load.{calls}.memory", $"{calls} calls, server memory a call when they are up, KiB"),
            new($"load.{calls}.rss", $"{calls} calls, server RSS growth when they are up, MiB"),
        }),
        new("idle.up", "idle calls held"),
        new("idle.lost", "idle calls lost"),
        new("idle.memory", "server RSS growth per call with these idle, KiB"),
        new("idle.cpu", "server CPU with these idle, % of a processor"),
        new("held.up", "calls held with an echo every 5 s"),
        new("held.lost", "of these lost"),
        new("held.echoes", "echoes answered"),
        new("held.unanswered", "echoes not answered"),
        new("held.echo-p99", "time to their reply, p99, ms"),
        new("held.memory", "server RSS growth per call with these, KiB"),
        new("held.cpu", "server CPU with these, % of a processor"),
        new("bound.tls", "TLS 1.3 at both ends with its TCP, CPU s/GB"),
        new("bound.tun", "two tunnel devices and the TCP inside, CPU s/GB"),
        new("bound.mbit", "rate at which these two alone fill all processors, Mbit/s"),
        new("others.busy", "processors busy with other work before the measures, %"),
    ];
}
