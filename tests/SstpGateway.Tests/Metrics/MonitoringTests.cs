using System.Text.RegularExpressions;
using SstpGateway.Metrics;
using SstpGateway.Tests.Support;
using TestSupport.Files;

namespace SstpGateway.Tests.Metrics;

/// <summary>Dashboards and alerts that name a metric the gateway has not would stay silent for ever.</summary>
public sealed partial class MonitoringTests
{
    private static string Folder => Path.Combine(Repository.Root, "deploy", "monitoring");

    public static TheoryData<string> Files => ["rules.yaml", "dashboard-gateways.json"];

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_metric_that_is_named_exists(string file)
    {
        var named = MetricName().Matches(File.ReadAllText(Path.Combine(Folder, file))).Select(match => match.Value).ToHashSet();
        Assert.NotEmpty(named);

        Assert.Empty(named.Except(Scraped()));
    }

    private static HashSet<string> Scraped()
    {
        var metrics = TestMeters.NewMetrics(out var exporter);
        metrics.ObserveSessions(() => 0);
        metrics.ObservePendingConnections(() => 0);
        metrics.ObservePools(() => 0, () => 0);
        metrics.ObserveDnsQueries(_ => 0);
        metrics.ObserveTraffic(() => new TrafficTotals(new(0, 0), new(0, 0), new Dictionary<PacketDrop, long>()));
        metrics.ObserveCertificateExpiry(() => 0);
        metrics.ObserveConfiguration(() => true);
        metrics.ConnectionAccepted();
        metrics.ConnectionRefused(ConnectionRefusal.PendingLimit);
        metrics.HandshakeCompleted(TimeSpan.Zero);
        metrics.HandshakeFailed(HandshakeFailure.Timeout);
        metrics.RequestReceived(RequestOutcome.Decoy);
        metrics.CallStarted(TimeSpan.Zero);
        metrics.CallEnded(PacketDrop.NoSession, TimeSpan.Zero);
        metrics.LoginDecided(PacketDrop.NoSession, PacketDrop.NoSession);
        return MetricName().Matches(exporter.Scrape()).Select(match => match.Value).ToHashSet();
    }

    [GeneratedRegex("sstp_gateway_[a-z_]+")]
    private static partial Regex MetricName();
}
