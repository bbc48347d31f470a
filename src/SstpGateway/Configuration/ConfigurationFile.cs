using GatewayConfig;
using GatewayConfig.Yaml;
using Microsoft.Extensions.Logging;
using SstpGateway.Metrics;

namespace SstpGateway.Configuration;

/// <summary>The file the gateway runs from. It is followed while the gateway runs; a file with a mistake changes nothing.</summary>
/// <remarks>
/// It is read and compared again and again rather than watched, for the reason given at <see cref="Certificates.CertificateStore"/>.
/// </remarks>
public sealed class ConfigurationFile
{
    /// <summary>How often the file is looked at. A fault is reported at the second look, when nobody is in the middle of writing it.</summary>
    internal static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    private readonly string _path;
    private readonly TimeProvider _clock;
    private readonly GatewayMetrics _metrics;
    private readonly ILogger<ConfigurationFile> _logger;
    private readonly Lock _changing = new();

    private string _inForce;
    private string? _refused;
    private string? _suspect;
    private volatile GatewayConfiguration _current;

    private ConfigurationFile(
        string path, string text, GatewayConfiguration configuration, TimeProvider clock, GatewayMetrics metrics, ILogger<ConfigurationFile> logger)
    {
        _path = path;
        _clock = clock;
        _metrics = metrics;
        _logger = logger;
        _inForce = text;
        _current = configuration;
        metrics.ConfigurationRead(accepted: true);
        metrics.ObserveConfiguration(() => Refusal is null);
        ConfigurationLog.InForce(logger, path);
    }

    /// <summary>Called, one change at a time, on the thread that found it. Whoever listens must not wait.</summary>
    public event Action<ConfigurationChange>? Changed;

    /// <summary>The configuration in force. Fields that cannot change while the gateway runs keep the value they had at the start.</summary>
    public GatewayConfiguration Current => _current;

    /// <summary>What is wrong with the file as it is now, one mistake a line; null when it is in force.</summary>
    public string? Refusal { get; private set; }

    /// <exception cref="ConfigurationException">The file has mistakes.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static ConfigurationFile Open(string path, TimeProvider clock, GatewayMetrics metrics, ILogger<ConfigurationFile> logger)
    {
        var text = File.ReadAllText(path);
        return GatewayConfigurationReader.TryRead(text, out var configuration, out var errors)
            ? new ConfigurationFile(path, text, configuration, clock, metrics, logger)
            : throw new ConfigurationException(path, errors);
    }

    /// <summary>Looks at the file now, and takes a fault for a fault at once: what SIGHUP is for.</summary>
    public void Reload()
    {
        lock (_changing) Examine(patient: false);
    }

    /// <summary>Looks at the file now and then, until stopped.</summary>
    public async Task WatchAsync(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(Interval, _clock);
        while (await timer.WaitForNextTickAsync(stopping)) Poll();
    }

    internal void Poll()
    {
        lock (_changing) Examine(patient: true);
    }

    private void Examine(bool patient)
    {
        var text = Load(out var errors);
        if (text == _inForce)
        {
            Settle(text);
            return;
        }
        if (text is not null && GatewayConfigurationReader.TryRead(text, out var configuration, out errors))
        {
            TakeOver(text, configuration);
            return;
        }

        // A file that is gone and a file without text are different faults; neither can be mistaken for the other's repetition.
        var fault = text ?? errors[0].Message;
        var seenBefore = fault == _suspect;
        _suspect = fault;
        if ((patient && !seenBefore) || fault == _refused) return;

        _refused = fault;
        Refusal = string.Join("; ", errors);
        _metrics.ConfigurationRead(accepted: false);
        ConfigurationLog.Refused(_logger, _path, Refusal);
    }

    private void Settle(string text)
    {
        if (_refused is not null) ConfigurationLog.Mended(_logger, _path);
        (_inForce, _suspect, _refused, Refusal) = (text, null, null, null);
    }

    private void TakeOver(string text, GatewayConfiguration configuration)
    {
        var change = new ConfigurationChange(_current, FixedAtStart.Keep(_current, configuration));
        (_inForce, _suspect, _refused, Refusal) = (text, null, null, null);
        _current = change.Current;
        _metrics.ConfigurationRead(accepted: true);
        ConfigurationLog.InForce(_logger, _path);
        foreach (var field in FixedAtStart.Changed(_current, configuration)) ConfigurationLog.NeedsRestart(_logger, _path, field);

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
                ConfigurationLog.FollowerFailed(_logger, _path, e);
            }
        }
    }

    private string? Load(out IReadOnlyList<ConfigurationError> errors)
    {
        try
        {
            errors = [];
            return File.ReadAllText(_path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            errors = [new ConfigurationError("", $"the file cannot be read: {e.Message}")];
            return null;
        }
    }
}
