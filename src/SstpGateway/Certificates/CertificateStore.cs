using GatewayConfig;
using GatewayConfig.Channel;
using Microsoft.Extensions.Logging;
using SstpGateway.Configuration;
using SstpGateway.Metrics;

namespace SstpGateway.Certificates;

/// <summary>The certificates of the listener: chosen by name, followed when their files change.
/// A file that is not fit for use changes nothing.</summary>
/// <remarks>
/// Files are read and compared again and again rather than watched: a Kubernetes Secret is a folder of symbolic links of which
/// one, two levels up, is swapped, and neither the path's own events nor its time tell. Sixty-four small files every few seconds
/// cost nothing. What the folders say of changes only makes it look sooner.
/// </remarks>
public sealed class CertificateStore
{
    /// <summary>How often the files are looked at. A fault is reported at the second look.</summary>
    internal static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private readonly TimeProvider _clock;
    private readonly GatewayMetrics _metrics;
    private readonly ILogger<CertificateStore> _logger;
    private readonly Lock _changing = new();

    private List<CertificateSlot> _slots = [];
    private string? _hostname;
    private volatile CertificateIndex _index;

    /// <summary>Reads what the configuration names. Bad files do not throw:
    /// the others are served, or else a placeholder.</summary>
    public CertificateStore(
        GatewayConfiguration configuration, TimeProvider clock, GatewayMetrics metrics, ILogger<CertificateStore> logger)
    {
        _clock = clock;
        _metrics = metrics;
        _logger = logger;
        _hostname = configuration.Hostname;
        _index = new CertificateIndex([PlaceholderCertificate.Create(_hostname, clock.GetUtcNow())]);
        Apply(configuration);
        if (HasOnlyPlaceholder) CertificateLog.Placeholder(logger);
        metrics.ObserveCertificateExpiry(FirstExpiry);
    }

    /// <summary>True while SSTP calls must be refused on every name.</summary>
    public bool HasOnlyPlaceholder => _index.Certificates[0].IsPlaceholder;

    /// <summary>What to present to a client.</summary>
    /// <param name="serverName">The name of the ClientHello; null or empty when it has none, as sstpc's by default.</param>
    public ServerCertificate Select(string? serverName) => _index.Select(serverName);

    /// <returns>Why no call can be taken, in words for readiness; empty when calls can.</returns>
    public IReadOnlyList<string> Obstacles()
    {
        lock (_changing)
        {
            if (!HasOnlyPlaceholder) return [];
            if (_slots.Count == 0)
                return ["No certificate is configured (tls.certificates); SSTP is refused until there is one."];
            return [.. _slots.Select(Obstacle)];
        }
    }

    private static string Obstacle(CertificateSlot slot) => slot.IsAwaited
        ? $"No certificate has been put into {slot.Files.CertificateFile} yet; "
            + "visitors get a self-signed placeholder until there is one."
        : $"Certificate {slot.Files.CertificateFile} is refused: {slot.Problem}.";

    /// <summary>Follows a new configuration. Pairs that stay keep what they have.</summary>
    public void Apply(GatewayConfiguration configuration)
    {
        lock (_changing)
        {
            var known = _slots.ToDictionary(slot => slot.Files);
            _slots =
            [
                .. configuration.Tls.Certificates.Select(files => known.GetValueOrDefault(files) ?? new CertificateSlot(files)),
            ];
            _hostname = configuration.Hostname;
            Examine(Look.Ordered);
        }
    }

    /// <summary>Looks at the files now, and takes a fault for a fault at once.</summary>
    public void Reload()
    {
        lock (_changing) Examine(Look.Ordered);
    }

    /// <summary>Looks at the files when their folders change, and now and then, until stopped.</summary>
    public async Task WatchAsync(CancellationToken stopping)
    {
        using var hints = new FolderHints(() => LookAt(Look.Hint));
        using var timer = new PeriodicTimer(Interval, _clock);
        do
        {
            hints.Follow(Files());
            LookAt(Look.Routine);
        }
        while (await timer.WaitForNextTickAsync(stopping));
    }

    /// <summary>What new handshakes get.</summary>
    public IReadOnlyList<ServedCertificate> Served() => [.. _index.Certificates.Select(certificate => certificate.Report())];

    /// <summary>What is configured and not served as it is.</summary>
    public IReadOnlyList<RefusedCertificate> Refused()
    {
        lock (_changing)
            return [.. from slot in _slots
                       where slot.Problem is not null
                       select new RefusedCertificate(slot.Files.CertificateFile, slot.Problem!)];
    }

    internal void LookAt(Look look)
    {
        lock (_changing) Examine(look);
    }

    private List<string> Files()
    {
        lock (_changing) return [.. _slots.SelectMany(slot => new[] { slot.Files.CertificateFile, slot.Files.KeyFile })];
    }

    private void Examine(Look look)
    {
        var now = _clock.GetUtcNow();
        for (var i = 0; i < _slots.Count; i++)
        {
            // Clients that send no name get the first one, so it has to cover the name they dialled;
            // the others are there for other names.
            Report(_slots[i], _slots[i].Examine(i == 0 ? _hostname : null, now, look));
            WarnOfExpiry(_slots[i], now);
        }

        var certificates = _slots.Select(slot => slot.Certificate).OfType<ServerCertificate>().ToList();
        if (certificates.SequenceEqual(_index.Certificates)) return;
        if (certificates.Count > 0)
        {
            _index = new CertificateIndex(certificates);
        }
        else if (!HasOnlyPlaceholder || !_index.Certificates[0].Covers(_hostname ?? "localhost"))
        {
            CertificateLog.Placeholder(_logger);
            _index = new CertificateIndex([PlaceholderCertificate.Create(_hostname, now)]);
        }
    }

    private void Report(CertificateSlot slot, SlotChange change)
    {
        if (change is SlotChange.Accepted or SlotChange.Refused)
            _metrics.CertificateRead(accepted: change == SlotChange.Accepted);

        var file = slot.Files.CertificateFile;
        switch (change, slot.Certificate)
        {
            case (SlotChange.None, _):
                break;
            case (SlotChange.Awaited, _):
                CertificateLog.Awaited(_logger, file);
                break;
            case (SlotChange.Accepted, { } certificate):
                CertificateLog.Accepted(
                    _logger, file, string.Join(", ", certificate.Names), certificate.KeyAlgorithm, certificate.NotAfter,
                    Convert.ToHexString(certificate.Digests.Sha256));
                break;
            case (_, { } kept):
                CertificateLog.RefusedOldKept(_logger, file, slot.Problem!, kept.NotAfter);
                break;
            default:
                CertificateLog.RefusedNoneKept(_logger, file, slot.Problem!);
                break;
        }
    }

    private void WarnOfExpiry(CertificateSlot slot, DateTimeOffset now)
    {
        if (slot.Certificate is not { } certificate) return;

        // The last tenth of its life: nine days of ninety, well after everything that renews by itself should have done so.
        var near = certificate.NotAfter - (certificate.NotAfter - certificate.NotBefore) / 10;
        if (now >= certificate.NotAfter && slot.Notice < ExpiryNotice.Expired)
        {
            slot.Notice = ExpiryNotice.Expired;
            CertificateLog.Expired(_logger, slot.Files.CertificateFile, certificate.NotAfter);
        }
        else if (now >= near && slot.Notice < ExpiryNotice.Near)
        {
            slot.Notice = ExpiryNotice.Near;
            CertificateLog.ExpiresSoon(_logger, slot.Files.CertificateFile, certificate.NotAfter);
        }
    }

    private double FirstExpiry() =>
        HasOnlyPlaceholder ? double.NaN : _index.Certificates.Min(certificate => certificate.NotAfter).ToUnixTimeSeconds();
}
