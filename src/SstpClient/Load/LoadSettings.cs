using SstpClient.Calls;

namespace SstpClient.Load;

/// <summary>What <c>sstp-client load</c> does to a server. All calls log in as one user;
/// limits.callsPerUser must allow it.</summary>
public sealed record LoadSettings
{
    public required CallSettings Call { get; init; }

    /// <summary>Calls to hold at once. Default 100; 1 to 100000.</summary>
    public int Calls { get; init; } = 100;

    /// <summary>Calls being set up at the same time. Default 8.</summary>
    public int Parallel { get; init; } = 8;

    /// <summary>Calls set up and hung up before, which count for nothing: what this program
    /// compiles meanwhile is not the server's time.</summary>
    public int WarmUp { get; init; }

    /// <summary>Calls begun per second at most; null begins one as soon as another is up.</summary>
    public double? Rate { get; init; }

    /// <summary>How long all calls stay up. Default 10 s.</summary>
    public TimeSpan Hold { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Echo requests (ICMP, to the gateway's inside address) that each call keeps in flight while holding;
    /// 0 sends none.</summary>
    public int EchoesInFlight { get; init; }

    /// <summary>Each call sends one echo request in this time instead,
    /// whatever comes back; null keeps <see cref="EchoesInFlight"/>.</summary>
    public TimeSpan? EchoInterval { get; init; }

    /// <summary>Bytes of each echo's IP packet. Default 1400; 28 to 4087.</summary>
    public int EchoSize { get; init; } = 1400;
}
