using System.Net;
using GatewayConfig;
using GatewayConfig.Limits;
using Microsoft.Extensions.Logging;
using SstpGateway.Addressing;
using SstpGateway.Admin;
using SstpGateway.Admin.Probing;
using SstpGateway.Authentication;
using SstpGateway.Authentication.Throttling;
using SstpGateway.Certificates;
using SstpGateway.Challenges;
using SstpGateway.Configuration;
using SstpGateway.Decoy;
using SstpGateway.Dns;
using SstpGateway.Forwarding;
using SstpGateway.Listening;
using SstpGateway.Metrics;
using SstpGateway.Sessions;
using SstpTransport.Polling;
using SstpTransport.Pumping;

namespace SstpGateway;

/// <summary>The gateway's parts, joined: what starts in which order, what follows
/// a new configuration, and what ends when.</summary>
public sealed class Gateway : IAsyncDisposable, IReadiness
{
    private readonly ILogger<Gateway> _logger;
    private readonly TimeProvider _time;
    private readonly RunningConfiguration _configuration;
    private readonly ConfigurationFile _configurationFile;
    private readonly CertificateStore _certificates;
    private readonly LocalUsers _users;
    private readonly UsersFile _usersFile;
    private readonly AuthenticatedThrottle _throttle;
    private readonly ReloadableDecoy _decoy;
    private readonly LeaseFile? _leases;
    private readonly AddressAllocator _addresses;
    private readonly TunnelInterface _tunnel;
    private readonly Firewall _firewall;
    private readonly SessionTable _table = new();
    private readonly PollerGroup _pollers;
    private readonly List<TunnelReader> _readers = [];
    private readonly List<Task> _background = [];
    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationTokenSource _abandon = new();
    private readonly IReadOnlyList<string> _forwardingProblems;
    private readonly DnsForwarder? _dns;
    private readonly PlainHttpServer _plainHttp;
    private readonly Listener _listener;
    private volatile TunnelAnnouncements _announcements;

    /// <summary>Starts everything; when a part cannot start, none does.</summary>
    /// <param name="stateFolder">For what outlives the process, beside the leases.</param>
    public Gateway(
        ConfigurationSources configuration, string stateFolder, GatewayMetrics metrics, TimeProvider time, ILoggerFactory loggers)
    {
        _logger = loggers.CreateLogger<Gateway>();
        _time = time;
        (_configuration, _configurationFile) = (configuration.Running, configuration.File);
        var config = _configuration.Current;

        _certificates = new CertificateStore(config, time, metrics, loggers.CreateLogger<CertificateStore>());
        _users = new LocalUsers(time);
        _usersFile = UsersFile.Open(config, _users, time, metrics, loggers.CreateLogger<UsersFile>());
        _throttle = new AuthenticatedThrottle(_users, config.Authentication.Lockout, time);
        _decoy = new ReloadableDecoy(new DecoyFactory(time, metrics, loggers), config.Decoy);

        var plan = new AddressPlan(config.Addressing);
        var addressing = loggers.CreateLogger("SstpGateway.Addressing");
        _leases = config.Addressing.LeaseFile is { } path
            ? LeaseFile.Open(LeaseFile.Locate(path, stateFolder), config.Addressing.LeaseMemory, time, addressing)
            : null;
        _addresses = new AddressAllocator(plan, config.Addressing.LeaseMemory, time, _leases?.Records ?? [], _leases);
        _announcements = new TunnelAnnouncements(config, plan);
        _users.Changed += ReserveStaticAddresses;
        ReserveStaticAddresses();

        _tunnel = TunnelInterface.Open(config.Network, plan);
        _firewall = Firewall.Open(new FirewallRules(config.Network, plan));
        var forwarding = new IpForwarding()
            .Ensure(config.Network.EnableForwarding, plan.Gateway6 is not null, config.Network.Device);
        _forwardingProblems = forwarding.Problems;
        ReportNetwork(config, plan, forwarding);

        var services = new SessionServices(
            () => _configuration.Current, () => _announcements, _throttle, _addresses, new TunnelOutlet(_tunnel.Device),
            new ClientNetwork(_firewall, _tunnel), metrics, new MonotonicClock(time),
            loggers.CreateLogger("SstpGateway.Sessions"));
        Sessions = new SessionHost(services, _table);
        Observe(metrics);

        _pollers = new PollerGroup(_tunnel.Device.Queues.Count);
        foreach (var queue in _tunnel.Device.Queues) _readers.Add(new TunnelReader(queue, _table, _logger));
        foreach (var (reader, poller) in _readers.Zip(_pollers.All)) reader.Start(poller);
        if (config.Dns.Forwarder)
        {
            IPAddress[] inside = plan.Gateway6 is { } gateway6 ? [plan.Gateway4, gateway6] : [plan.Gateway4];
            _dns = new DnsForwarder(
                () => _configuration.Current.Dns, inside, _table.IsClient, loggers.CreateLogger("SstpGateway.Dns"), time);
            metrics.ObserveDnsQueries(_dns.Counters.Count);
            _dns.Listen();
            _background.Add(_dns.RunAsync(_stopping.Token));
        }

        _background.Add(Sessions.RunHeartbeatAsync(_stopping.Token));
        _background.Add(_configurationFile.WatchAsync(_stopping.Token));
        _background.Add(_certificates.WatchAsync(_stopping.Token));
        _background.Add(_usersFile.WatchAsync(_stopping.Token));
        if (_leases is not null) _background.Add(FlushLeasesAsync(_leases, _stopping.Token));
        _configuration.Changed += Apply;

        var challengeLog = loggers.CreateLogger("SstpGateway.Challenges");
        var challenges = new ChallengeBook(time);
        var revocationLists = new RevocationLists(stateFolder, challengeLog);
        _plainHttp = new PlainHttpServer(challenges, revocationLists, () => _configuration.Current, metrics, time, challengeLog);
        _background.Add(_plainHttp.RunAsync(_stopping.Token));

        // Last, so that the first call finds everything in place.
        var fitting = FittingConnections(config.Limits);
        var limiter = new ConnectionLimiter(() => _configuration.Current.Limits, fitting);
        metrics.ObservePendingConnections(() => limiter.Pending);
        var handler = new ConnectionHandler(
            () => _configuration.Current, _certificates, limiter, _decoy,
            new TlsAlpnResponder(challenges, time, challengeLog), Sessions, _pollers, metrics, time,
            loggers.CreateLogger<ConnectionHandler>());
        _certificates.Select(null).SharedContexts.Find(config.Tls, http11: false); // prepared while the rest starts
        _listener = Listener.Start(
            config.Listening.Addresses,
            socket => handler.HandleAsync(socket, _abandon.Token),
            _logger,
            fitting + DescriptorBudget.Refusals);
        foreach (var endPoint in _listener.EndPoints) ListeningLog.Listening(_logger, endPoint);

        var status = new StatusSource(
            _configuration, _usersFile, _users, _certificates, Sessions, _table, _addresses, this,
            challenges, revocationLists, time.GetUtcNow());
        Channel = new ChannelServices(
            status.Report, [.. _listener.EndPoints.Select(endPoint => endPoint.ToString())],
            configuration.Intake, challenges, revocationLists, _plainHttp,
            new ProbeGuard(time, loggers.CreateLogger("SstpGateway.Admin")));
    }

    public SessionHost Sessions { get; }

    /// <summary>For the operator.</summary>
    public ChannelServices Channel { get; }

    /// <summary>Reads every file again now: SIGHUP.</summary>
    public void Reload()
    {
        _configurationFile.Reload();
        _certificates.Reload();
        _usersFile.Reload();
    }

    public IReadOnlyList<string> Obstacles() =>
    [
        .. _certificates.Obstacles(),
        .. _forwardingProblems,
        .. Sessions.IsDraining ? ["the gateway is draining"] : Array.Empty<string>(),
        .. Sessions.IsFull ? ["limits.calls is reached"] : Array.Empty<string>(),
    ];

    /// <summary>Completes, with an exception, when a part that must run to the end has failed.</summary>
    public async Task WhenFailedAsync() => await Task.WhenAny(_background).Unwrap().ConfigureAwait(false);

    /// <summary>No new calls; those that are up may go on for the drain time and are then told to go.</summary>
    /// <param name="hurry">Ends the waiting.</param>
    public async Task DrainAsync(CancellationToken hurry)
    {
        await Sessions.DrainAsync(_configuration.Current.DrainTime, hurry).ConfigureAwait(false);
        await _listener.StopAcceptingAsync().ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        await _abandon.CancelAsync().ConfigureAwait(false);
        await _listener.DisposeAsync().ConfigureAwait(false);
        await _stopping.CancelAsync().ConfigureAwait(false);
        foreach (var task in _background)
        {
            try
            {
                await task.ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                // Its way of saying that it stopped when told.
            }
        }

        await _plainHttp.DisposeAsync().ConfigureAwait(false);
        foreach (var reader in _readers) reader.Stop();
        _pollers.Dispose();
        _firewall.Dispose();
        _tunnel.Dispose();
        _leases?.Dispose();
        _users.Dispose();
        _stopping.Dispose();
        _abandon.Dispose();
    }

    private void Apply(ConfigurationChange change)
    {
        var config = change.Current;
        _certificates.Apply(config);
        _usersFile.Apply(config);
        _throttle.Apply(config.Authentication.Lockout);
        _decoy.Apply(config.Decoy);

        var before = _addresses.Plan;
        var plan = before.Successor(config.Addressing);
        _tunnel.ChangePools(before, plan);
        _addresses.Reconfigure(plan, config.Addressing.LeaseMemory);
        _announcements = new TunnelAnnouncements(config, plan);

        // The device is fixed at start, whatever the file now calls it.
        _firewall.Apply(new FirewallRules(config.Network with { Device = _tunnel.Device.Name }, plan));
    }

    private int FittingConnections(LimitsConfig limits)
    {
        var descriptors = DescriptorBudget.Limit();
        var possible = DescriptorBudget.ConnectionsWithin(descriptors);
        var allowed = (long)limits.Calls + limits.PendingConnections;
        if (allowed > possible) ListeningLog.TooFewDescriptors(_logger, descriptors, possible, allowed);
        return possible;
    }

    private void ReserveStaticAddresses() => _addresses.Reserve(_users.Directory.StaticAddresses);

    private void Observe(GatewayMetrics metrics)
    {
        metrics.ObserveSessions(() => _table.Count);
        metrics.ObserveTraffic(Sessions.Totals);
        metrics.ObservePools(
            () => _addresses.Usage is var usage ? usage.Total4 - usage.Leased4 : 0,
            () => _addresses.Usage is var usage ? usage.Total6 - usage.Leased6 : 0);
    }

    private void ReportNetwork(GatewayConfiguration config, AddressPlan plan, IpForwardingReport forwarding)
    {
        var gateway = plan.Gateway6 is { } gateway6 ? $"{plan.Gateway4} and {gateway6}" : plan.Gateway4.ToString();
        ForwardingLog.DeviceUp(_logger, config.Network.Device, gateway, _tunnel.Device.Queues.Count, config.Network.Mtu);
        foreach (var setting in forwarding.Changed) ForwardingLog.ForwardingChanged(_logger, setting);
        foreach (var problem in forwarding.Problems) ForwardingLog.ForwardingProblem(_logger, problem);
    }

    private async Task FlushLeasesAsync(LeaseFile leases, CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1), _time);
        while (await timer.WaitForNextTickAsync(stopping).ConfigureAwait(false)) leases.Flush();
    }
}
