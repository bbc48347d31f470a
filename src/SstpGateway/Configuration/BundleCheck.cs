using GatewayConfig;
using GatewayConfig.Channel;
using GatewayConfig.Yaml;
using SstpGateway.Certificates;

namespace SstpGateway.Configuration;

/// <summary>Finds every mistake of a bundle before anything of it is used.</summary>
internal static class BundleCheck
{
    // As many as tls.certificates may have.
    private const int MaxCertificates = 64;

    /// <param name="configuration">As written, with relative paths; null when gateway.yaml has a mistake.</param>
    public static IReadOnlyList<ConfigurationMistake> Mistakes(
        ConfigurationBundle bundle, DateTimeOffset now, out GatewayConfiguration? configuration)
    {
        var mistakes = new List<ConfigurationMistake>();
        if (bundle.Revision < 1)
            mistakes.Add(new ConfigurationMistake("bundle", "revision", $"is {bundle.Revision}; give 1 or more"));

        if (!GatewayConfigurationReader.TryRead(bundle.Configuration, out configuration, out var errors))
            Add("gateway.yaml", errors);
        if (bundle.Users is { } users && !UsersReader.TryRead(users, out _, out errors)) Add("users.yaml", errors);

        var certificates = bundle.Certificates ?? [];
        if (certificates.Count > MaxCertificates)
            mistakes.Add(new ConfigurationMistake(
                "bundle", "certificates", $"has {certificates.Count} entries; give at most {MaxCertificates}"));
        foreach (var (index, pair) in certificates.Index().Take(MaxCertificates))
        {
            var hostname = index == 0 ? configuration?.Hostname : null;
            if (!CertificateReader.TryRead(pair.Chain, pair.Key, hostname, now, out _, out var problem))
                mistakes.Add(new ConfigurationMistake($"certificates[{index}]", "", problem));
        }
        return mistakes;

        void Add(string file, IEnumerable<ConfigurationError> found) =>
            mistakes.AddRange(found.Select(error => ConfigurationMistake.Of(file, error)));
    }
}
