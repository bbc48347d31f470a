using GatewayConfig;
using Microsoft.Extensions.Logging;
using SstpGateway.Addressing;
using SstpGateway.Authentication;
using SstpGateway.Forwarding;
using SstpGateway.Metrics;
using SstpTransport.Pumping;

namespace SstpGateway.Sessions;

/// <summary>What all calls of a gateway share.</summary>
public sealed record SessionServices(
    Func<GatewayConfiguration> Configuration,
    Func<TunnelAnnouncements> Announcements,
    IUserAuthenticator Authenticator,
    AddressAllocator Addresses,
    IPacketOutlet Outlet,
    IClientNetwork Network,
    GatewayMetrics Metrics,
    MonotonicClock Clock,
    ILogger Logger);
