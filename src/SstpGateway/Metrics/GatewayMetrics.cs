using System.Diagnostics.Metrics;

namespace SstpGateway.Metrics;

/// <summary>Everything the gateway counts. Tags have closed sets of values:
/// never a user, an address or a text from a peer.</summary>
/// <remarks>Counters that would be touched per packet are summed by whoever owns them and read here when somebody asks.</remarks>
public sealed class GatewayMetrics
{
    public const string MeterName = "SstpGateway";

    private const string Reason = "reason";
    private const string Result = "result";
    private const string Method = "method";
    private const string Direction = "direction";

    // A TLS handshake takes milliseconds, a log-in tenths of a second, one that asks a telephone most of a minute.
    private static readonly double[] SecondsToConnect = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];
    private static readonly double[] SecondsOfACall = [1, 10, 60, 300, 900, 3600, 4 * 3600, 8 * 3600, 24 * 3600, 7 * 24 * 3600];

    private readonly Counter<long> _connectionsAccepted;
    private readonly Counter<long> _connectionsRefused;
    private readonly Counter<long> _handshakesFailed;
    private readonly Histogram<double> _handshakeDuration;
    private readonly Counter<long> _requests;
    private readonly Counter<long> _callsStarted;
    private readonly Counter<long> _callsEnded;
    private readonly Histogram<double> _setupDuration;
    private readonly Histogram<double> _callDuration;
    private readonly Counter<long> _logins;
    private readonly Counter<long> _decoyResponses;
    private readonly Counter<long> _configurationLoads;
    private readonly Counter<long> _certificateLoads;
    private readonly Counter<long> _userLoads;

    public GatewayMetrics(IMeterFactory meters)
    {
        Meter = meters.Create(MeterName);
        _connectionsAccepted = Meter.CreateCounter<long>(
            "sstp.gateway.connections.accepted", "{connection}", "TCP connections taken on.");
        _connectionsRefused = Meter.CreateCounter<long>(
            "sstp.gateway.connections.refused", "{connection}", "TCP connections closed at once, by reason.");
        _handshakesFailed = Meter.CreateCounter<long>(
            "sstp.gateway.handshakes.failed", "{handshake}", "TLS handshakes that came to nothing, by reason.");
        _handshakeDuration = Meter.CreateHistogram(
            "sstp.gateway.handshake.duration", "s", "Time a successful TLS handshake took.", null, Buckets(SecondsToConnect));
        _requests = Meter.CreateCounter<long>(
            "sstp.gateway.requests", "{request}", "First HTTP requests of connections, by what they were.");
        _callsStarted = Meter.CreateCounter<long>("sstp.gateway.calls.started", "{call}", "Calls that got as far as an address.");
        _callsEnded = Meter.CreateCounter<long>("sstp.gateway.calls.ended", "{call}", "Calls that ended, by reason.");
        _setupDuration = Meter.CreateHistogram(
            "sstp.gateway.call.setup.duration", "s",
            "Time from the HTTP request to an address.", null, Buckets(SecondsToConnect));
        _callDuration = Meter.CreateHistogram(
            "sstp.gateway.call.duration", "s", "How long ended calls had lasted.", null, Buckets(SecondsOfACall));
        _logins = Meter.CreateCounter<long>("sstp.gateway.logins", "{login}", "Log-ins, by method and result.");
        _decoyResponses = Meter.CreateCounter<long>(
            "sstp.gateway.decoy.responses", "{response}", "Answers of the decoy, by class of status.");
        _configurationLoads = Meter.CreateCounter<long>(
            "sstp.gateway.configuration.loads", "{load}", "Configuration files read, by result.");
        _certificateLoads = Meter.CreateCounter<long>(
            "sstp.gateway.certificate.loads", "{load}", "Certificate files read, by result.");
        _userLoads = Meter.CreateCounter<long>("sstp.gateway.users.loads", "{load}", "Users files read, by result.");
    }

    /// <summary>What an exporter compares instruments with, so that it shows this
    /// gateway's and no other one's of the process.</summary>
    internal Meter Meter { get; }

    /// <summary>Whether a meter is this one, and not that of another gateway in the same process.</summary>
    public bool IsOwn(Meter meter) => ReferenceEquals(meter, Meter);

    public void ConnectionAccepted() => _connectionsAccepted.Add(1);

    public void ConnectionRefused(ConnectionRefusal reason) => _connectionsRefused.Add(1, Tag(Reason, reason));

    public void HandshakeFailed(HandshakeFailure reason) => _handshakesFailed.Add(1, Tag(Reason, reason));

    public void HandshakeCompleted(TimeSpan duration) => _handshakeDuration.Record(duration.TotalSeconds);

    public void RequestReceived(RequestOutcome outcome) => _requests.Add(1, Tag(Result, outcome));

    /// <param name="setup">From the HTTP request to the first address.</param>
    public void CallStarted(TimeSpan setup)
    {
        _callsStarted.Add(1);
        _setupDuration.Record(setup.TotalSeconds);
    }

    /// <param name="reason">A member of whatever enum names the ends of calls.</param>
    public void CallEnded<TReason>(TReason reason, TimeSpan duration) where TReason : struct, Enum
    {
        _callsEnded.Add(1, Tag(Reason, reason));
        _callDuration.Record(duration.TotalSeconds);
    }

    /// <param name="result">A member of whatever enum names the results, success among them.</param>
    public void LoginDecided<TMethod, TResult>(TMethod method, TResult result)
        where TMethod : struct, Enum
        where TResult : struct, Enum =>
        _logins.Add(1, Tag(Method, method), Tag(Result, result));

    /// <param name="status">Three digits, of which the first becomes the tag.</param>
    public void DecoyAnswered(int status) =>
        _decoyResponses.Add(1, new KeyValuePair<string, object?>("status", StatusClass(status)));

    public void ConfigurationRead(bool accepted) => _configurationLoads.Add(1, LoadResult(accepted));

    public void CertificateRead(bool accepted) => _certificateLoads.Add(1, LoadResult(accepted));

    public void UsersRead(bool accepted) => _userLoads.Add(1, LoadResult(accepted));

    /// <summary>Shows the number of calls that are up. Call once.</summary>
    public void ObserveSessions(Func<int> count) =>
        Meter.CreateObservableUpDownCounter("sstp.gateway.sessions", count, "{session}", "Calls that are up.");

    /// <summary>Shows the connections that have not logged in yet. Call once.</summary>
    public void ObservePendingConnections(Func<int> count) =>
        Meter.CreateObservableUpDownCounter(
            "sstp.gateway.connections.pending", count, "{connection}", "Connections that have not logged in yet.");

    /// <summary>Shows the addresses that can still be given away, by family. Call once.</summary>
    /// <param name="free4">IPv4 addresses.</param>
    /// <param name="free6">IPv6 /64 networks.</param>
    public void ObservePools(Func<long> free4, Func<long> free6) =>
        Meter.CreateObservableUpDownCounter(
            "sstp.gateway.pool.free",
            () => new[] { new Measurement<long>(free4(), Family("ipv4")), new Measurement<long>(free6(), Family("ipv6")) },
            "{address}",
            "Addresses (IPv4) and /64 networks (IPv6) that no call has.");

    /// <summary>Shows what became of clients' DNS queries. Call once.</summary>
    /// <param name="count">The queries so far that ended in this way.</param>
    public void ObserveDnsQueries(Func<DnsOutcome, long> count) =>
        Meter.CreateObservableCounter(
            "sstp.gateway.dns.queries",
            () => Enum.GetValues<DnsOutcome>().Select(outcome => new Measurement<long>(count(outcome), Tag(Result, outcome))),
            "{query}",
            "DNS queries of clients, by what became of them.");

    /// <summary>Shows traffic and drops. Call once.</summary>
    /// <param name="totals">Called at every scrape for each of three instruments; sums, and must not wait.</param>
    public void ObserveTraffic(Func<TrafficTotals> totals)
    {
        Meter.CreateObservableCounter(
            "sstp.gateway.traffic",
            () => BothWays(totals(), count => count.Bytes),
            "By",
            "Bytes of tunnelled IP packets, by direction.");
        Meter.CreateObservableCounter(
            "sstp.gateway.packets",
            () => BothWays(totals(), count => count.Packets),
            "{packet}",
            "Tunnelled IP packets, by direction.");
        Meter.CreateObservableCounter(
            "sstp.gateway.packets.dropped", () => Drops(totals()), "{packet}",
            "Tunnelled IP packets that went no further, by reason.");
    }

    /// <summary>Shows when the first of the certificates in use expires, in Unix time; NaN without one. Call once.</summary>
    internal void ObserveCertificateExpiry(Func<double> unixSeconds) =>
        Meter.CreateObservableGauge(
            "sstp.gateway.certificate.expiry", unixSeconds, "s", "Unix time at which the first certificate in use expires.");

    /// <summary>Shows whether the file on disk is the configuration in force. Call once.</summary>
    internal void ObserveConfiguration(Func<bool> inForce) =>
        Meter.CreateObservableGauge(
            "sstp.gateway.configuration.current", () => inForce() ? 1 : 0, "{configuration}",
            "1 when the configuration file is the one in force, 0 when it was refused.");

    private static IEnumerable<Measurement<long>> BothWays(TrafficTotals totals, Func<TrafficCount, long> figure) =>
    [
        new Measurement<long>(figure(totals.FromClients), new KeyValuePair<string, object?>(Direction, "from_clients")),
        new Measurement<long>(figure(totals.ToClients), new KeyValuePair<string, object?>(Direction, "to_clients")),
    ];

    private static IEnumerable<Measurement<long>> Drops(TrafficTotals totals) =>
        Enum.GetValues<PacketDrop>()
            .Select(drop => new Measurement<long>(totals.Drops.GetValueOrDefault(drop), Tag(Reason, drop)));

    private static string StatusClass(int status) => (status / 100) switch
    {
        2 => "2xx",
        3 => "3xx",
        4 => "4xx",
        _ => "5xx",
    };

    private static KeyValuePair<string, object?> Tag<TEnum>(string key, TEnum value) where TEnum : struct, Enum =>
        new(key, TagValue<TEnum>.Of(value));

    private static KeyValuePair<string, object?> LoadResult(bool accepted) => new(Result, accepted ? "accepted" : "refused");

    private static KeyValuePair<string, object?> Family(string name) => new("family", name);

    private static InstrumentAdvice<double> Buckets(double[] boundaries) => new() { HistogramBucketBoundaries = boundaries };
}
