using System.Diagnostics.Metrics;
using PrometheusText;
using SstpGateway.Metrics;

namespace SstpGateway.Tests.Support;

/// <summary>Meters of one test: the exporter that goes with them sees no other test's.</summary>
internal sealed class TestMeters : IMeterFactory
{
    private readonly List<Meter> meters = [];

    public Meter Create(MeterOptions options)
    {
        var meter = new Meter(options);
        meters.Add(meter);
        return meter;
    }

    public static GatewayMetrics NewMetrics(out PrometheusExporter exporter)
    {
        var metrics = new GatewayMetrics(new TestMeters());
        exporter = new PrometheusExporter(metrics.IsOwn);
        return metrics;
    }

    public static GatewayMetrics NewMetrics() => new(new TestMeters());

    public void Dispose()
    {
        foreach (var meter in meters) meter.Dispose();
    }
}
