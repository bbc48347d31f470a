using System.Diagnostics.CodeAnalysis;
using GatewayConfig;
using GatewayConfig.Channel;
using GatewayConfig.Yaml;
using Microsoft.Extensions.Logging;

namespace SstpGateway.Configuration;

/// <summary>The file the gateway was started with. It is followed while the gateway runs;
/// a file with a mistake changes nothing.</summary>
/// <remarks>
/// It is read and compared again and again, for the reason given at <see cref="Certificates.CertificateStore"/>, and at once when
/// its folder says that something has changed.
/// </remarks>
public sealed class ConfigurationFile
{
    /// <summary>How often the file is looked at. A fault is reported at the second look,
    /// when nobody is in the middle of writing it.</summary>
    internal static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    private readonly string _path;
    private readonly RunningConfiguration _running;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;

    private string? _accepted;
    private string? _refused;
    private string? _suspect;

    /// <param name="path">Absolute.</param>
    /// <param name="accepted">The text that was read at the start; null when it was not fit for use.</param>
    internal ConfigurationFile(string path, string? accepted, RunningConfiguration running, TimeProvider clock, ILogger logger)
    {
        _path = path;
        _accepted = accepted;
        _running = running;
        _clock = clock;
        _logger = logger;
    }

    /// <summary>Looks at the file now, and takes a fault for a fault at once: what SIGHUP is for.</summary>
    public void Reload() => LookAt(Look.Ordered);

    /// <summary>Looks at the file when its folder changes, and now and then, until stopped.</summary>
    public async Task WatchAsync(CancellationToken stopping)
    {
        using var hints = new FolderHints(() => LookAt(Look.Hint));
        using var timer = new PeriodicTimer(Interval, _clock);
        do
        {
            hints.Follow([_path]);
            LookAt(Look.Routine);
        }
        while (await timer.WaitForNextTickAsync(stopping));
    }

    /// <summary>What a text says, or all that is wrong with it.</summary>
    internal static bool TryRead(
        string path, string text, [NotNullWhen(true)] out ConfigurationContent? content,
        out IReadOnlyList<ConfigurationError> errors)
    {
        content = GatewayConfigurationReader.TryRead(text, out var configuration, out errors)
            ? new ConfigurationContent(
                path, false, configuration.Revision, ContentDigest.Of(text),
                configuration.RelativeTo(Path.GetDirectoryName(path)!))
            : null;
        return content is not null;
    }

    internal void LookAt(Look look)
    {
        lock (_running.Changing) Examine(look);
    }

    private void Examine(Look look)
    {
        var text = Load(out var errors);
        if (text is not null && text == _accepted)
        {
            if (_refused is not null) _running.Mend(_path);
            (_suspect, _refused) = (null, null);
            return;
        }
        if (text is not null && TryRead(_path, text, out var content, out errors))
        {
            (_accepted, _suspect, _refused) = (text, null, null);
            if (content.Supersedes(_running.InForce)) _running.TakeOver(content);
            else ConfigurationLog.Older(_logger, _path, content.Revision, _running.InForce.Revision);
            return;
        }

        if (look == Look.Hint) return;

        // A file that is gone and a file without text are different faults; neither can be mistaken for the other's repetition.
        var fault = text ?? errors[0].Message;
        var seenBefore = fault == _suspect;
        _suspect = fault;
        if ((look == Look.Routine && !seenBefore) || fault == _refused) return;

        _refused = fault;
        _running.Refuse(_path, new RefusedConfiguration
        {
            Digest = text is null ? null : ContentDigest.Of(text),
            Mistakes = [.. errors.Select(error => ConfigurationMistake.Of(_path, error))],
        });
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
