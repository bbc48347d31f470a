namespace SstpTransport.Tun;

/// <summary>What is asked of the tunnel device: all there is, unless whoever looks for a fault says less.</summary>
public static class WantedOffloads
{
    /// <summary>Environment variable: "none" or "tcp"; anything else, and unset, is all.</summary>
    public const string Variable = "SSTP_TUN_OFFLOADS";

    public static TunOffloads FromEnvironment() => Parse(Environment.GetEnvironmentVariable(Variable));

    internal static TunOffloads Parse(string? value) => value switch
    {
        "none" => TunOffloads.None,
        "tcp" => TunOffloads.Tcp,
        _ => TunOffloads.TcpAndUdp,
    };
}
