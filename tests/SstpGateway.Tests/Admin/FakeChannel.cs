using GatewayConfig.Channel;
using Microsoft.Extensions.Logging.Abstractions;
using PrometheusText;
using SstpGateway.Admin;
using SstpGateway.Admin.Probing;
using SstpGateway.Challenges;
using SstpGateway.Configuration;
using SstpGateway.Metrics;
using SstpGateway.Tests.Support;

namespace SstpGateway.Tests.Admin;

/// <summary>The parts behind the channel, with nothing of a gateway around them.</summary>
internal sealed class FakeChannel : IDisposable
{
    private readonly ScratchFolder _folder = new();
    private readonly PrometheusExporter _exporter;

    public FakeChannel()
    {
        var metrics = TestMeters.NewMetrics(out _exporter);
        var sources = ConfigurationSources.Open(
            _folder.Write("gateway.yaml", "listening: {httpPort: 0}"), _folder.Path,
            TimeProvider.System, metrics, NullLogger.Instance);
        var challenges = new ChallengeBook(TimeProvider.System);
        var lists = new RevocationLists(_folder.Path, NullLogger.Instance);
        Services = new ChannelServices(
            () => new GatewayStatus { ChannelVersion = ChannelProtocol.Version, Configuration = sources.Running.InForce },
            ["192.0.2.1:443"],
            sources.Intake, challenges, lists,
            new PlainHttpServer(
                challenges, lists, () => sources.Running.Current, metrics, TimeProvider.System, NullLogger.Instance),
            new ProbeGuard(TimeProvider.System, NullLogger.Instance));
    }

    public ChannelServices Services { get; }

    public void Dispose()
    {
        _exporter.Dispose();
        _folder.Dispose();
    }
}
