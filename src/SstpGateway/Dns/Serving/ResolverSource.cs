using System.Net;
using GatewayConfig.Dns;
using Microsoft.Extensions.Logging;
using SstpGateway.Dns.Caching;
using SstpGateway.Dns.Upstream;
using SstpGateway.Dns.Zones;

namespace SstpGateway.Dns.Serving;

/// <summary>The resolver for the settings of this moment. What is kept survives every change but that of zones, servers or cache size.</summary>
internal sealed class ResolverSource
{
    private readonly Lock gate = new();
    private readonly Func<DnsConfig> current;
    private readonly DnsForwarderSettings settings;
    private readonly DnsCounters counters;
    private readonly ILogger logger;
    private readonly TimeProvider clock;
    private readonly UpstreamClient upstream;
    private readonly HostServers hostServers;
    private DnsConfig config;
    private IReadOnlyList<IPEndPoint> defaults;
    private Resolver resolver;

    /// <exception cref="ArgumentException">The settings at the start cannot be used.</exception>
    public ResolverSource(
        Func<DnsConfig> current, IReadOnlyCollection<IPAddress> own, DnsForwarderSettings settings, DnsCounters counters,
        ILogger logger, TimeProvider clock)
    {
        this.current = current;
        this.settings = settings;
        this.counters = counters;
        this.logger = logger;
        this.clock = clock;
        upstream = new UpstreamClient(settings, counters, logger, clock);
        hostServers = new HostServers(settings.ResolvConf, own, logger);
        config = current();
        defaults = DefaultsOf(config, isNew: true);
        resolver = NewResolver(new ZoneTable(config.Zones, defaults), config);
    }

    public Resolver Current
    {
        get
        {
            lock (gate)
            {
                Refresh();
                return resolver;
            }
        }
    }

    private void Refresh()
    {
        var latest = current();
        var previous = config;
        try
        {
            var latestDefaults = DefaultsOf(latest, isNew: !ReferenceEquals(latest, previous));
            if (ReferenceEquals(latest, previous) && ReferenceEquals(latestDefaults, defaults)) return;

            config = latest;
            defaults = latestDefaults;
            var zones = new ZoneTable(latest.Zones, latestDefaults);
            if (latest.CacheEntries == previous.CacheEntries && zones.Equals(resolver.Zones)) return;

            DnsLog.ZonesReplaced(logger, resolver.Cache.Count);
            resolver = NewResolver(zones, latest);
        }
        catch (ArgumentException e)
        {
            config = latest;    // said once, not at each query
            DnsLog.SettingsUnusable(logger, e.Message);
        }
    }

    private IReadOnlyList<IPEndPoint> DefaultsOf(DnsConfig configured, bool isNew) =>
        configured.Servers.Count == 0 ? hostServers.Current(clock.Now())
        : isNew ? DnsServerAddress.ParseAll(configured.Servers)
        : defaults;

    private Resolver NewResolver(ZoneTable zones, DnsConfig configured) =>
        new(zones, new AnswerCache(configured.CacheEntries, settings.CacheBytes), upstream, counters, clock);
}
