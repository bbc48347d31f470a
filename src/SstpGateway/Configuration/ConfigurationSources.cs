using System.Text.Json;
using GatewayConfig.Channel;
using GatewayConfig.Yaml;
using Microsoft.Extensions.Logging;
using SstpGateway.Metrics;

namespace SstpGateway.Configuration;

/// <summary>Where configuration comes from: the mounted file and what the operator pushed. The newer one is in force.</summary>
public sealed class ConfigurationSources
{
    private ConfigurationSources(RunningConfiguration running, ConfigurationFile file, BundleIntake intake) =>
        (Running, File, Intake) = (running, file, intake);

    public RunningConfiguration Running { get; }

    /// <summary>The mounted file, followed.</summary>
    public ConfigurationFile File { get; }

    public BundleIntake Intake { get; }

    /// <summary>Reads both. A file that is not fit for use does no harm when an operator has pushed something that is.</summary>
    /// <param name="path">The mounted file.</param>
    /// <param name="stateFolder">Where bundles are kept; need not be there yet.</param>
    /// <exception cref="ConfigurationException">The file has mistakes, and there is nothing else to run from.</exception>
    /// <exception cref="IOException">The file cannot be read, and there is nothing else to run from.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read, and there is nothing else to run from.</exception>
    public static ConfigurationSources Open(
        string path, string stateFolder, TimeProvider clock, GatewayMetrics metrics, ILogger logger)
    {
        path = Path.GetFullPath(path);
        var mountedFolder = Path.GetDirectoryName(path)!;
        var store = new BundleStore(stateFolder);
        var bundle = LoadBundle(store, stateFolder, logger);
        ConfigurationContent? pushed = null;
        if (bundle is not null)
        {
            // Not so after a change of the program to one that knows less.
            if (GatewayConfigurationReader.TryRead(bundle.Configuration, out var read, out var mistakes))
                pushed = BundleIntake.Content(store, bundle, read, mountedFolder);
            else ConfigurationLog.BundleLost(logger, stateFolder, string.Join("; ", mistakes));
        }

        string? text = null;
        ConfigurationContent? mounted = null;
        try
        {
            text = System.IO.File.ReadAllText(path);
            if (!ConfigurationFile.TryRead(path, text, out mounted, out var errors) && pushed is null)
                throw new ConfigurationException(path, errors);
        }
        catch (Exception e) when (pushed is not null && e is IOException or UnauthorizedAccessException)
        {
            // Said by the first look at the file.
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new FileNotFoundException(
                $"there is no configuration {path}; name one with --config. One to start from is deploy/systemd/gateway.yaml",
                path, e);
        }

        var isPushed = pushed is not null && (mounted is null || pushed.Revision >= mounted.Revision);
        var running = new RunningConfiguration(isPushed ? pushed! : mounted!, clock, metrics, logger);
        if (isPushed && mounted is not null) ConfigurationLog.Older(logger, path, mounted.Revision, pushed!.Revision);
        var file = new ConfigurationFile(path, mounted is null ? null : text, running, clock, logger);
        return new ConfigurationSources(
            running, file, new BundleIntake(running, store, isPushed ? bundle : null, mountedFolder, clock, logger));
    }

    private static ConfigurationBundle? LoadBundle(BundleStore store, string stateFolder, ILogger logger)
    {
        try
        {
            return store.Load();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            ConfigurationLog.BundleLost(logger, stateFolder, e.Message);
            return null;
        }
    }
}
