using System.Text.RegularExpressions;
using PrometheusText;
using SstpGateway.Metrics;
using SstpGateway.Tests.Support;

namespace SstpGateway.Tests.Metrics;

public sealed partial class PrometheusExporterTests : IDisposable
{
    private readonly GatewayMetrics metrics;
    private readonly PrometheusExporter exporter;

    public PrometheusExporterTests() => metrics = TestMeters.NewMetrics(out exporter);

    private enum End
    {
        PeerDisconnect,
        HelloTimeout,
    }

    [Fact]
    public void Writes_counters_with_their_tags()
    {
        metrics.ConnectionAccepted();
        metrics.ConnectionAccepted();
        metrics.ConnectionRefused(ConnectionRefusal.PendingLimit);
        metrics.ConnectionRefused(ConnectionRefusal.SourceLimit);

        Assert.Contains(
            """
            # HELP sstp_gateway_connections_accepted_total TCP connections taken on.
            # TYPE sstp_gateway_connections_accepted_total counter
            sstp_gateway_connections_accepted_total 2
            # HELP sstp_gateway_connections_refused_total TCP connections closed at once, by reason.
            # TYPE sstp_gateway_connections_refused_total counter
            sstp_gateway_connections_refused_total{reason="pending_limit"} 1
            sstp_gateway_connections_refused_total{reason="source_limit"} 1

            """,
            Own(), StringComparison.Ordinal);
    }

    [Fact]
    public void Names_what_has_not_happened_yet() =>
        Assert.Contains("# TYPE sstp_gateway_calls_ended_total counter\n# HELP", Own(), StringComparison.Ordinal);

    [Fact]
    public void Instruments_that_share_a_name_share_a_head()
    {
        using var meter = new System.Diagnostics.Metrics.Meter("Queues");
        using var collecting = new PrometheusExporter(candidate => ReferenceEquals(candidate, meter));
        foreach (var queue in new[] { "a", "b" })
            meter.CreateObservableGauge(
                "queue.depth",
                () => new System.Diagnostics.Metrics.Measurement<int>(1, new KeyValuePair<string, object?>("queue", queue)),
                null, "Keys.");

        var lines = collecting.Scrape().Split('\n')
            .Where(line => line.Contains("queue_depth", StringComparison.Ordinal)).ToList();
        Assert.Equal(["# HELP queue_depth Keys.", "# TYPE queue_depth gauge"], lines.Take(2));
        Assert.Equal(["queue_depth{queue=\"a\"} 1", "queue_depth{queue=\"b\"} 1"], lines.Skip(2).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Writes_a_histogram_with_cumulative_buckets()
    {
        metrics.CallEnded(End.PeerDisconnect, TimeSpan.FromSeconds(0.5));
        metrics.CallEnded(End.HelloTimeout, TimeSpan.FromSeconds(60));
        metrics.CallEnded(End.HelloTimeout, TimeSpan.FromDays(30));

        var text = Own();

        Assert.Contains(
            "sstp_gateway_calls_ended_total{reason=\"hello_timeout\"} 2\n"
            + "sstp_gateway_calls_ended_total{reason=\"peer_disconnect\"} 1\n",
            text, StringComparison.Ordinal);
        Assert.Contains("# TYPE sstp_gateway_call_duration_seconds histogram\n", text, StringComparison.Ordinal);
        Assert.Contains("sstp_gateway_call_duration_seconds_bucket{le=\"1\"} 1\n", text, StringComparison.Ordinal);
        Assert.Contains("sstp_gateway_call_duration_seconds_bucket{le=\"10\"} 1\n", text, StringComparison.Ordinal);
        Assert.Contains("sstp_gateway_call_duration_seconds_bucket{le=\"60\"} 2\n", text, StringComparison.Ordinal);
        Assert.Contains("sstp_gateway_call_duration_seconds_bucket{le=\"604800\"} 2\n", text, StringComparison.Ordinal);
        Assert.Contains(
            "sstp_gateway_call_duration_seconds_bucket{le=\"+Inf\"} 3\nsstp_gateway_call_duration_seconds_sum 2592060.5\n"
            + "sstp_gateway_call_duration_seconds_count 3\n",
            text, StringComparison.Ordinal);
    }

    [Fact]
    public void Asks_gauges_at_each_scrape()
    {
        var sessions = 3;
        metrics.ObserveSessions(() => sessions);
        Assert.Contains("# TYPE sstp_gateway_sessions gauge\nsstp_gateway_sessions 3\n", Own(), StringComparison.Ordinal);

        sessions = 4;

        Assert.Contains("\nsstp_gateway_sessions 4\n", Own(), StringComparison.Ordinal);
    }

    [Fact]
    public void Writes_traffic_in_both_directions_and_every_reason_of_a_drop()
    {
        metrics.ObserveTraffic(
            () => new TrafficTotals(new(1, 100), new(2, 200), new Dictionary<PacketDrop, long> { [PacketDrop.Isolation] = 7 }));

        var text = Own();

        Assert.Contains(
            "sstp_gateway_traffic_bytes_total{direction=\"from_clients\"} 100\n"
            + "sstp_gateway_traffic_bytes_total{direction=\"to_clients\"} 200\n",
            text, StringComparison.Ordinal);
        Assert.Contains("sstp_gateway_packets_total{direction=\"from_clients\"} 1\n", text, StringComparison.Ordinal);
        Assert.Contains("sstp_gateway_packets_dropped_total{reason=\"isolation\"} 7\n", text, StringComparison.Ordinal);
        Assert.Equal(Enum.GetValues<PacketDrop>().Length, text.Split("sstp_gateway_packets_dropped_total{").Length - 1);
    }

    [Fact]
    public void Shows_no_other_gateway_of_the_same_process()
    {
        var others = TestMeters.NewMetrics(out var otherExporter);
        using (otherExporter) others.ConnectionAccepted();

        Assert.DoesNotContain("\nsstp_gateway_", Own(), StringComparison.Ordinal);
    }

    [Fact]
    public void Shows_the_runtime_too() =>
        Assert.Contains("# TYPE dotnet_process_memory_working_set_bytes gauge\n", exporter.Scrape(), StringComparison.Ordinal);

    [Fact]
    public void Writes_nothing_that_Prometheus_would_not_read()
    {
        metrics.ObservePools(() => 5, () => 6);
        metrics.HandshakeCompleted(TimeSpan.FromMilliseconds(3));
        metrics.LoginDecided(End.PeerDisconnect, End.HelloTimeout);
        metrics.DecoyAnswered(404);
        metrics.ObserveDnsQueries(outcome => outcome == DnsOutcome.Cached ? 7 : 0);
        metrics.RequestReceived(RequestOutcome.Sstp);
        metrics.HandshakeFailed(HandshakeFailure.NotTls);
        metrics.CallStarted(TimeSpan.FromSeconds(1));

        var text = exporter.Scrape();

        Assert.All(text.TrimEnd('\n').Split('\n'), line => Assert.Matches(LinePattern(), line));
        var families = text.Split('\n').Where(line => line.StartsWith("# TYPE", StringComparison.Ordinal))
            .Select(line => line.Split(' ')[2]).ToList();
        Assert.Equal(families.Distinct(), families);
        Assert.EndsWith("\n", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sstp.gateway.call.duration", "s", false, "sstp_gateway_call_duration_seconds")]
    [InlineData("sstp.gateway.traffic", "By", true, "sstp_gateway_traffic_bytes_total")]
    [InlineData("sstp.gateway.sessions", "{session}", false, "sstp_gateway_sessions")]
    [InlineData("a.total", null, true, "a_total")]
    [InlineData("a.b", "1", false, "a_b_ratio")]
    public void Names_metrics_as_Prometheus_asks(string name, string? unit, bool isCounter, string expected) =>
        Assert.Equal(expected, MetricName.Of(name, unit, isCounter));

    public void Dispose() => exporter.Dispose();

    /// <summary>The text without the runtime's own metrics.</summary>
    private string Own() => string.Concat(exporter.Scrape().Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Where(line => line.Contains("sstp_gateway", StringComparison.Ordinal)).Select(line => line + "\n"));

    // https://prometheus.io/docs/instrumenting/exposition_formats/, version 0.0.4.
    [GeneratedRegex(
        """^(# (HELP|TYPE) [a-zA-Z_:][a-zA-Z0-9_:]* .*|[a-zA-Z_:][a-zA-Z0-9_:]*(\{([a-zA-Z_][a-zA-Z0-9_]*="[^"\n]*",?)+\})? ([-+0-9.eE]+|NaN|\+Inf|-Inf))$""")]
    private static partial Regex LinePattern();
}
