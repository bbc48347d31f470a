using System.Globalization;
using GatewayConfig;
using GatewayConfig.Channel;
using KubeApi.Objects;
using Operator.Resources;
using Operator.Resources.VpnGateways;

namespace Operator.Gateways.Planning.Configuration;

/// <summary>What every gateway is to run, with the revision that tells it from what was wanted before.</summary>
/// <param name="ContentDigest">Over everything in the bundle but the revision.</param>
internal sealed record WantedConfiguration(ConfigurationBundle Bundle, GatewayConfiguration Configuration, string ContentDigest)
{
    /// <summary>Annotations of the config Secret.</summary>
    public const string RevisionAnnotation = $"{ApiGroup.Name}/revision";
    public const string DigestAnnotation = $"{ApiGroup.Name}/content-digest";

    /// <summary>A few digits of the file's digest: enough to see that two gateways run the same.</summary>
    public string ShortDigest => Short(FileDigest);

    public string FileDigest => GatewayConfig.Channel.ContentDigest.Of(Bundle.Configuration);

    public static string Short(string digest) => digest.Length > 12 ? digest[..12] : digest;

    public static WantedConfiguration Of(
        VpnGatewaySpec spec, string? users, CertificatePem? certificate,
        KubeObject<Secret>? stored, IEnumerable<GatewayStatus> reports)
    {
        var configuration = GatewayFile.Of(spec);
        var digest = GatewayConfig.Channel.ContentDigest.Of(
            string.Join('\0', GatewayFileText.Write(configuration), users, certificate?.Chain, certificate?.Key));
        var numbered = configuration with { Revision = Revision(digest, stored, [.. reports]) };
        return new WantedConfiguration(
            new ConfigurationBundle
            {
                Revision = numbered.Revision,
                Configuration = GatewayFileText.Write(numbered),
                Users = users,
                Certificates = certificate is null ? null : [certificate],
            },
            numbered, digest);
    }

    /// <summary>What was wanted before, with the revision it had: to keep it whole, not to push it.</summary>
    /// <returns>Null when the config Secret does not say which revision that was.</returns>
    public static WantedConfiguration? Kept(AcceptedSpec accepted, KubeObject<Secret> stored)
    {
        var annotations = stored.Metadata.Annotations;
        if (annotations.GetValueOrDefault(DigestAnnotation) is not { } digest
            || !long.TryParse(
                annotations.GetValueOrDefault(RevisionAnnotation), NumberStyles.None,
                CultureInfo.InvariantCulture, out var revision))
            return null;

        var configuration = GatewayFile.Of(accepted.Spec) with { Revision = revision };
        return new WantedConfiguration(
            new ConfigurationBundle { Revision = revision, Configuration = GatewayFileText.Write(configuration) },
            configuration, digest);
    }

    /// <summary>Whether a gateway runs this. A restart that it still needs is the workload's business.</summary>
    public bool IsRunBy(GatewayStatus status) =>
        status.Configuration.Digest == FileDigest
        && (Bundle.Users is null || status.Configuration.UsersDigest == GatewayConfig.Channel.ContentDigest.Of(Bundle.Users));

    // The same content keeps its revision; other content gets one that no gateway has seen, also when the count was lost.
    private static long Revision(string digest, KubeObject<Secret>? stored, IReadOnlyList<GatewayStatus> reports)
    {
        var annotations = stored?.Metadata.Annotations;
        var storedDigest = annotations?.GetValueOrDefault(DigestAnnotation);
        _ = long.TryParse(
            annotations?.GetValueOrDefault(RevisionAnnotation), NumberStyles.None, CultureInfo.InvariantCulture, out var count);
        var seen = reports.Select(report => report.Configuration.Revision).DefaultIfEmpty(0).Max();
        return count > 0 && storedDigest == digest && seen <= count ? count : Math.Max(count, seen) + 1;
    }
}
