using GatewayConfig;
using GatewayConfig.Channel;
using Microsoft.Extensions.Logging;
using SstpGateway.Metrics;

namespace SstpGateway.Configuration;

/// <summary>The configuration in force, wherever it comes from; who follows it, and what was refused.</summary>
public sealed class RunningConfiguration
{
    private readonly TimeProvider _clock;
    private readonly GatewayMetrics _metrics;
    private readonly ILogger _logger;
    private volatile GatewayConfiguration _current;
    private volatile AppliedConfiguration _applied;
    private volatile RefusedConfiguration? _refused;

    internal RunningConfiguration(ConfigurationContent content, TimeProvider clock, GatewayMetrics metrics, ILogger logger)
    {
        _clock = clock;
        _metrics = metrics;
        _logger = logger;
        _current = content.Configuration;
        _applied = Applied(content, []);
        metrics.ConfigurationRead(accepted: true);
        metrics.ObserveConfiguration(() => Refused is null);
        ConfigurationLog.InForce(logger, content.Origin);
    }

    /// <summary>Called, one change at a time, on the thread that found it. Whoever listens must not wait.</summary>
    public event Action<ConfigurationChange>? Changed;

    /// <summary>Fields that cannot change while the gateway runs keep the value they had at the start.</summary>
    public GatewayConfiguration Current => _current;

    /// <summary>Where it comes from; without what only the users file can tell.</summary>
    public AppliedConfiguration InForce => _applied;

    /// <summary>What was refused since the last change; null when nothing waits to be mended.</summary>
    public RefusedConfiguration? Refused => _refused;

    /// <summary>Held by whoever is about to change it, from the comparison to the change.</summary>
    internal Lock Changing { get; } = new();

    internal void TakeOver(ConfigurationContent content)
    {
        var wanted = content.Configuration;
        var needRestart = FixedAtStart.Changed(_current, wanted).ToList();
        var change = new ConfigurationChange(_current, FixedAtStart.Keep(_current, wanted));
        _current = change.Current;
        _applied = Applied(content, needRestart);
        _refused = null;
        _metrics.ConfigurationRead(accepted: true);
        ConfigurationLog.InForce(_logger, content.Origin);
        foreach (var field in needRestart) ConfigurationLog.NeedsRestart(_logger, content.Origin, field);

        foreach (var follower in Changed?.GetInvocationList().Cast<Action<ConfigurationChange>>() ?? [])
        {
            try
            {
                follower(change);
            }
#pragma warning disable CA1031 // One part that fails must keep neither the others nor the watching from going on; the log has the fault.
            catch (Exception e)
#pragma warning restore CA1031
            {
                ConfigurationLog.FollowerFailed(_logger, content.Origin, e);
            }
        }
    }

    internal void Refuse(string origin, RefusedConfiguration refusal)
    {
        _refused = refusal with { At = _clock.GetUtcNow() };
        _metrics.ConfigurationRead(accepted: false);
        ConfigurationLog.Refused(_logger, origin, string.Join(
            "; ", refusal.Mistakes.Select(mistake => new ConfigurationError(mistake.Path, mistake.Message, mistake.Line))));
    }

    /// <summary>A mounted file that was refused is in order again.</summary>
    internal void Mend(string path)
    {
        ConfigurationLog.Mended(_logger, path);
        if (_refused is { IsPushed: false }) _refused = null;
    }

    private AppliedConfiguration Applied(ConfigurationContent content, IReadOnlyList<string> needRestart) => new()
    {
        Revision = content.Revision,
        IsPushed = content.IsPushed,
        Digest = content.Digest,
        Since = _clock.GetUtcNow(),
        NeedRestart = needRestart,
    };
}
