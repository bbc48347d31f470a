using GatewayConfig;
using GatewayConfig.Channel;
using Microsoft.Extensions.Logging;
using SstpGateway.Configuration;
using SstpGateway.Metrics;

namespace SstpGateway.Authentication;

/// <summary>The file that <see cref="LocalUsers"/> judges by. It is followed while the gateway runs;
/// a file with a mistake changes nothing.</summary>
/// <remarks>
/// It is read and compared again and again, for the reason given at <see cref="Certificates.CertificateStore"/>, and at once when
/// its folder says that something has changed.
/// </remarks>
public sealed class UsersFile
{
    /// <summary>How often the file is looked at. A fault is reported at the second look,
    /// when nobody is in the middle of writing it.</summary>
    internal static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private readonly LocalUsers users;
    private readonly TimeProvider clock;
    private readonly GatewayMetrics metrics;
    private readonly ILogger<UsersFile> logger;
    private readonly Lock changing = new();

    private volatile string? path;
    private volatile UsersFileContent? inForce;
    private UsersFileContent? suspect;
    private UsersFileContent? refused;

    private UsersFile(LocalUsers users, TimeProvider clock, GatewayMetrics metrics, ILogger<UsersFile> logger)
    {
        this.users = users;
        this.clock = clock;
        this.metrics = metrics;
        this.logger = logger;
    }

    /// <summary>What is wrong with the file as it is now, without any secret;
    /// null when it is in force or there is none.</summary>
    public RefusedConfiguration? Refused { get; private set; }

    /// <summary><see cref="ContentDigest"/> of the users in force; null when there is no file.</summary>
    public string? Digest => inForce?.Digest;

    /// <summary>Reads the file that the configuration names and gives it to the users; without one, nobody gets in.</summary>
    /// <exception cref="ConfigurationException">The file has mistakes or cannot be read:
    /// better no start than one without users.</exception>
    public static UsersFile Open(
        GatewayConfiguration configuration, LocalUsers users, TimeProvider clock,
        GatewayMetrics metrics, ILogger<UsersFile> logger)
    {
        var file = new UsersFile(users, clock, metrics, logger) { path = configuration.Authentication.UsersFile };
        if (file.path is null)
        {
            AuthenticationLog.NoUsersFile(logger);
            return file;
        }

        var content = UsersFileContent.Load(file.path);
        if (content.Users is null) throw new ConfigurationException(file.path, content.Errors);
        file.TakeOver(content);
        return file;
    }

    /// <summary>Follows a new configuration. While the file it names is bad, the users before stay.</summary>
    public void Apply(GatewayConfiguration configuration)
    {
        lock (changing)
        {
            if (configuration.Authentication.UsersFile == path) return;

            path = configuration.Authentication.UsersFile;
            (inForce, suspect, refused, Refused) = (null, null, null, null);
            if (path is null)
            {
                users.Directory = UserDirectory.Empty;
                AuthenticationLog.NoUsersFile(logger);
            }
            Examine(Look.Ordered);
        }
    }

    /// <summary>Looks at the file now, and takes a fault for a fault at once: what SIGHUP is for.</summary>
    public void Reload()
    {
        lock (changing) Examine(Look.Ordered);
    }

    /// <summary>Looks at the file when its folder changes, and now and then, until stopped.</summary>
    public async Task WatchAsync(CancellationToken stopping)
    {
        using var hints = new FolderHints(() => LookAt(Look.Hint));
        using var timer = new PeriodicTimer(Interval, clock);
        do
        {
            hints.Follow(path is { } file ? [file] : []);
            LookAt(Look.Routine);
        }
        while (await timer.WaitForNextTickAsync(stopping));
    }

    internal void LookAt(Look look)
    {
        lock (changing) Examine(look);
    }

    private void Examine(Look look)
    {
        if (path is null) return;

        var content = UsersFileContent.Load(path, inForce, suspect);
        if (content.Equals(inForce))
        {
            if (refused is not null) AuthenticationLog.Mended(logger, path);
            (suspect, refused, Refused) = (null, null, null);
            return;
        }
        if (content.Users is not null)
        {
            TakeOver(content);
            return;
        }

        if (look == Look.Hint) return;

        var seenBefore = content.Equals(suspect);
        suspect = content;
        if ((look == Look.Routine && !seenBefore) || content.Equals(refused)) return;

        refused = content;
        Refused = new RefusedConfiguration
        {
            At = clock.GetUtcNow(), Mistakes = [.. content.Errors.Select(error => ConfigurationMistake.Of(path, error))],
        };
        metrics.UsersRead(accepted: false);
        AuthenticationLog.Refused(logger, path, string.Join("; ", content.Errors));
    }

    private void TakeOver(UsersFileContent content)
    {
        users.Directory = new UserDirectory(content.Users!);
        (inForce, suspect, refused, Refused) = (content, null, null, null);
        metrics.UsersRead(accepted: true);
        AuthenticationLog.InForce(logger, path!, users.Directory.Count);
    }
}
