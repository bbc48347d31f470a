using System.Net;
using GatewayConfig.Dns;
using Microsoft.Extensions.Logging;
using SstpGateway.Dns.Serving;
using SstpTransport.Pumping;

namespace SstpGateway.Dns;

/// <summary>The DNS server that clients of the tunnel are given: sends each zone's names to the zone's servers,
/// the rest to the default ones.</summary>
/// <remarks>
/// It forwards whole answers and keeps them for their time (RFC 2308 for denials); it resolves nothing itself and validates
/// nothing. It serves <paramref name="isTunnelClient"/>'s addresses only and is silent towards all others.
/// </remarks>
/// <param name="current">The settings of the moment, looked at for each query; a changed record takes effect at once.</param>
/// <param name="addresses">The gateway's inside addresses. They must exist when <see cref="Listen"/> is called.</param>
/// <param name="isTunnelClient">Whether a call has this address now. Called for each message: must be quick and thread-safe.
/// IPv6 without scope.</param>
public sealed class DnsForwarder(
    Func<DnsConfig> current, IReadOnlyList<IPAddress> addresses, Func<IPAddress, bool> isTunnelClient, ILogger logger,
    TimeProvider clock, DnsForwarderSettings? settings = null)
{
    private readonly DnsForwarderSettings _settings = settings ?? new DnsForwarderSettings();
    private readonly List<ListeningSockets> _bound = [];
    private ResolverSource? _resolvers;

    public DnsCounters Counters { get; } = new();

    /// <summary>Where it listens, by UDP and TCP each. Empty before <see cref="Listen"/>.</summary>
    public IReadOnlyList<IPEndPoint> EndPoints => [.. _bound.Select(sockets => sockets.EndPoint)];

    /// <summary>Takes its ports, so that a start that cannot succeed fails here and now.
    /// <see cref="RunAsync"/> does it when nobody has.</summary>
    /// <exception cref="IOException">An address cannot be listened on; the message says what to do.</exception>
    /// <exception cref="ArgumentException">The settings name a zone or a server that cannot be read.</exception>
    public void Listen()
    {
        _resolvers = new ResolverSource(current, addresses, _settings, Counters, logger, new MonotonicClock(clock));
        try
        {
            foreach (var address in addresses) _bound.Add(ListeningSockets.Bind(address, _settings.Port));
        }
        catch
        {
            Release();
            throw;
        }

        foreach (var endPoint in EndPoints) DnsLog.Listening(logger, endPoint);
    }

    /// <summary>Answers until <paramref name="stopping"/>; then lets go of what is open and returns. Once only.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        if (_resolvers is null) Listen();
        try
        {
            await ServeAsync(new QueryAnswerer(_resolvers!, current, Counters), stopping);
        }
        finally
        {
            Release();
        }
    }

    private async Task ServeAsync(QueryAnswerer answerer, CancellationToken stopping)
    {
        var connections = new ClientLimiter(_settings.TcpConnections);
        var listeners = new List<Task>();
        foreach (var sockets in _bound)
        {
            listeners.Add(new DnsUdpListener(sockets.Udp, answerer, isTunnelClient, Counters, logger, clock).RunAsync(stopping));
            listeners.Add(new DnsTcpListener(
                sockets.Tcp, answerer, connections, isTunnelClient, _settings, Counters, logger, clock).RunAsync(stopping));
        }

        await Task.WhenAll(listeners);
    }

    private void Release()
    {
        foreach (var sockets in _bound) sockets.Dispose();
        _bound.Clear();
    }
}
