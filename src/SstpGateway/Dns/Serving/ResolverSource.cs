using System.Net;
using GatewayConfig.Dns;
using Microsoft.Extensions.Logging;
using SstpGateway.Dns.Caching;
using SstpGateway.Dns.Upstream;
using SstpGateway.Dns.Zones;
using SstpTransport.Pumping;

namespace SstpGateway.Dns.Serving;

/// <summary>The resolver for the settings of this moment. What is kept survives every change but that of zones,
/// servers or cache size.</summary>
internal sealed class ResolverSource
{
    private readonly Lock _gate = new();
    private readonly Func<DnsConfig> _current;
    private readonly DnsForwarderSettings _settings;
    private readonly DnsCounters _counters;
    private readonly ILogger _logger;
    private readonly MonotonicClock _clock;
    private readonly UpstreamClient _upstream;
    private readonly HostServers _hostServers;
    private DnsConfig _config;
    private IReadOnlyList<IPEndPoint> _defaults;
    private Resolver _resolver;

    /// <exception cref="ArgumentException">The settings at the start cannot be used.</exception>
    public ResolverSource(
        Func<DnsConfig> current, IReadOnlyCollection<IPAddress> own, DnsForwarderSettings settings, DnsCounters counters,
        ILogger logger, MonotonicClock clock)
    {
        _current = current;
        _settings = settings;
        _counters = counters;
        _logger = logger;
        _clock = clock;
        _upstream = new UpstreamClient(settings, counters, logger, clock);
        _hostServers = new HostServers(settings.ResolvConf, own, logger);
        _config = current();
        _defaults = DefaultsOf(_config, isNew: true);
        _resolver = NewResolver(new ZoneTable(_config.Zones, _defaults), _config);
    }

    public Resolver Current
    {
        get
        {
            lock (_gate)
            {
                Refresh();
                return _resolver;
            }
        }
    }

    private void Refresh()
    {
        var latest = _current();
        var previous = _config;
        try
        {
            var latestDefaults = DefaultsOf(latest, isNew: !ReferenceEquals(latest, previous));
            if (ReferenceEquals(latest, previous) && ReferenceEquals(latestDefaults, _defaults)) return;

            _config = latest;
            _defaults = latestDefaults;
            var zones = new ZoneTable(latest.Zones, latestDefaults);
            if (latest.CacheEntries == previous.CacheEntries && zones.Equals(_resolver.Zones)) return;

            DnsLog.ZonesReplaced(_logger, _resolver.Cache.Count);
            _resolver = NewResolver(zones, latest);
        }
        catch (ArgumentException e)
        {
            _config = latest;    // said once, not at each query
            DnsLog.SettingsUnusable(_logger, e.Message);
        }
    }

    private IReadOnlyList<IPEndPoint> DefaultsOf(DnsConfig configured, bool isNew) =>
        configured.Servers.Count == 0 ? _hostServers.Current(_clock.Now)
        : isNew ? DnsServerAddress.ParseAll(configured.Servers)
        : _defaults;

    private Resolver NewResolver(ZoneTable zones, DnsConfig configured) =>
        new(zones, new AnswerCache(configured.CacheEntries, _settings.CacheBytes), _upstream, _counters, _clock);
}
