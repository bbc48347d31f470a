using GatewayConfig.Addressing;
using GatewayConfig.Admin;
using GatewayConfig.Authentication;
using GatewayConfig.Decoy;
using GatewayConfig.Dns;
using GatewayConfig.Limits;
using GatewayConfig.Listening;
using GatewayConfig.Network;
using GatewayConfig.Tls;

namespace GatewayConfig;

/// <summary>Everything one gateway needs to know: the contract between whoever writes the file and <c>sstp-gateway</c>.</summary>
/// <remarks>
/// Immutable, and free of I/O: paths are only names here. A gateway swaps in a new one whole; which parts a running
/// gateway can change without restart is said at each section.
/// </remarks>
public sealed record GatewayConfiguration
{
    /// <summary>The DNS name clients dial; null when only addresses are used. The certificate must cover it.</summary>
    public string? Hostname { get; init; }

    public ListeningConfig Listening { get; init; } = new();
    public TlsConfig Tls { get; init; } = new();
    public DecoyConfig Decoy { get; init; } = new();
    public AddressingConfig Addressing { get; init; } = new();
    public NetworkConfig Network { get; init; } = new();
    public DnsConfig Dns { get; init; } = new();
    public AuthenticationConfig Authentication { get; init; } = new();
    public LimitsConfig Limits { get; init; } = new();
    public AdminConfig Admin { get; init; } = new();

    /// <summary>How long calls may go on after SIGTERM before they are told to go. Default 30 s; 0 s to 24 h.</summary>
    public TimeSpan DrainTime { get; init; } = TimeSpan.FromSeconds(30);
}
