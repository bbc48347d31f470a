using GatewayConfig;
using GatewayConfig.Channel;
using Microsoft.Extensions.Logging;

namespace SstpGateway.Configuration;

/// <summary>Takes bundles from the operator: checked whole, stored, and only then in force.
/// Safe for several callers at a time.</summary>
/// <param name="inForce">The bundle that the gateway was started from; null when it was started from its file.</param>
/// <param name="mountedFolder">Where the mounted configuration is: what relative paths mean.</param>
public sealed class BundleIntake(
    RunningConfiguration running, BundleStore store, ConfigurationBundle? inForce,
    string mountedFolder, TimeProvider clock, ILogger logger)
{
    private ConfigurationBundle? _bundle = inForce;

    public PushResult Push(ConfigurationBundle bundle)
    {
        ArgumentNullException.ThrowIfNull(bundle);
        lock (running.Changing)
        {
            var before = running.InForce;
            if (before.IsPushed && before.Revision == bundle.Revision)
                return Answer(IsInForce(bundle) ? PushVerdict.InForce : PushVerdict.Stale);

            var mistakes = BundleCheck.Mistakes(bundle, clock.GetUtcNow(), out var configuration);
            if (mistakes.Count > 0) return Refuse(bundle, mistakes);

            // Unless they do not fit what is new.
            if (BundleCheck.Mistakes(Whole(bundle), clock.GetUtcNow(), out _).Count == 0) bundle = Whole(bundle);

            var content = Content(store, bundle, configuration!, mountedFolder);
            if (!content.Supersedes(before)) return Answer(PushVerdict.Stale);

            try
            {
                store.Save(bundle);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                return Refuse(bundle, [new ConfigurationMistake(
                    "bundle", "",
                    $"cannot be stored: {e.Message.TrimEnd('.')}; give the folder of --state room and let the "
                    + "gateway's user write there")]);
            }

            _bundle = bundle;
            running.TakeOver(content);
            Tidy(bundle);
            return Answer(PushVerdict.InForce);
        }
    }

    internal static ConfigurationContent Content(
        BundleStore store, ConfigurationBundle bundle, GatewayConfiguration configuration, string mountedFolder) =>
        new(
            Origin(bundle), true, bundle.Revision, ContentDigest.Of(bundle.Configuration),
            store.WithParts(bundle, configuration, mountedFolder));

    private bool IsInForce(ConfigurationBundle bundle) =>
        _bundle is not null && (DigestOf(bundle) == DigestOf(_bundle) || DigestOf(Whole(bundle)) == DigestOf(_bundle));

    /// <summary>
    /// An operator that has no good certificate sends none: those of the bundle before stay, also over a restart. The mounted
    /// ones are the bad ones then, or will be.
    /// </summary>
    private ConfigurationBundle Whole(ConfigurationBundle bundle) =>
        bundle with { Certificates = bundle.Certificates ?? _bundle?.Certificates };

    private static string Origin(ConfigurationBundle bundle) =>
        FormattableString.Invariant($"revision {bundle.Revision} from the operator");

    private static string DigestOf(ConfigurationBundle bundle) =>
        ContentDigest.Of(System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(bundle, ChannelJson.Default.ConfigurationBundle));

    private PushResult Refuse(ConfigurationBundle bundle, IReadOnlyList<ConfigurationMistake> mistakes)
    {
        running.Refuse(Origin(bundle), new RefusedConfiguration
        {
            Revision = bundle.Revision, IsPushed = true, Digest = ContentDigest.Of(bundle.Configuration), Mistakes = mistakes,
        });
        return Answer(PushVerdict.Refused) with { Mistakes = mistakes };
    }

    private PushResult Answer(PushVerdict verdict) =>
        new() { Verdict = verdict, InForce = running.InForce, NeedRestart = running.InForce.NeedRestart };

    private void Tidy(ConfigurationBundle bundle)
    {
        try
        {
            store.KeepOnly(bundle);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Costs some room; the next bundle tries again.
            ConfigurationLog.NotTidied(logger, e.Message);
        }
    }
}
