using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using GatewayConfig.Channel;

namespace Operator.Gateways.Channel;

/// <summary>The operator's own CA for the channel to its gateways: nobody else's certificate is believed on it.
/// Never changes; renewing makes another one.</summary>
/// <remarks>
/// A CA is replaced without a moment in which one end does not know the other: the next generation is made at half of the life of
/// the one before, is trusted from then on, and issues only when everybody has had a day to learn of it.
/// </remarks>
public sealed class ChannelAuthority
{
    private const string ServerAuthenticationOid = "1.3.6.1.5.5.7.3.1";
    private const string ClientAuthenticationOid = "1.3.6.1.5.5.7.3.2";

    /// <summary>How long a generation is trusted before it issues.</summary>
    public static readonly TimeSpan Introduction = TimeSpan.FromDays(1);

    private readonly IReadOnlyList<ChannelCa> _generations;

    private ChannelAuthority(IReadOnlyList<ChannelCa> generations) => _generations = generations;

    /// <summary>Certificates of all generations, oldest first, as PEM: one value of the Secret it is kept in.</summary>
    public string CertificatesPem => string.Concat(_generations.Select(ca => ca.CertificatePem));

    /// <summary>Their keys in the same order: the other value.</summary>
    public string KeysPem => string.Concat(_generations.Select(ca => ca.KeyPem));

    public static ChannelAuthority Create(DateTimeOffset now) => new([ChannelCa.Create(now)]);

    /// <summary>From the two values of its Secret.</summary>
    /// <exception cref="CryptographicException">They are not, or do not belong together.</exception>
    public static ChannelAuthority Load(string certificatesPem, string keysPem)
    {
        var certificates = Split(certificatesPem);
        var keys = Split(keysPem);
        if (certificates.Count == 0 || certificates.Count != keys.Count)
            throw new CryptographicException($"the channel's CA has {certificates.Count} certificates and {keys.Count} keys");

        var generations = certificates.Zip(keys, (certificate, key) => new CertificatePem(certificate, key)).ToList();
        foreach (var generation in generations)
        {
            // Throws when the key is another one's.
            using var pair = X509Certificate2.CreateFromPem(generation.Chain, generation.Key);
        }
        return new ChannelAuthority([.. generations.Select(pem => new ChannelCa(pem))]);
    }

    /// <summary>Adds the next generation when it is time and leaves out those that have expired;
    /// itself when there is nothing to do.</summary>
    public ChannelAuthority Renew(DateTimeOffset now)
    {
        var living = _generations.Where(ca => ca.Expires > now).ToList();
        if (living.Count == 0 || now >= living[^1].Created + ChannelCa.Lifetime / 2) living.Add(ChannelCa.Create(now));
        return living.SequenceEqual(_generations) ? this : new ChannelAuthority(living);
    }

    /// <summary>What both ends must trust, as PEM.</summary>
    public string TrustBundle => CertificatesPem;

    /// <summary>A certificate for the processes of one VpnGateway.</summary>
    /// <param name="serverName"><see cref="ChannelNames.Gateway"/>.</param>
    public CertificatePem IssueGateway(string serverName, DateTimeOffset now) =>
        Issuer(now).Issue([serverName, ChannelNames.AnyGateway], ServerAuthenticationOid, now);

    public CertificatePem IssueOperator(DateTimeOffset now) =>
        Issuer(now).Issue([ChannelNames.Operator], ClientAuthenticationOid, now);

    /// <summary>A certificate with which gateways give their metrics, and nothing else.</summary>
    public CertificatePem IssueMetricsClient(DateTimeOffset now) =>
        Issuer(now).Issue([MetricsClient.Name], ClientAuthenticationOid, now);

    /// <summary>Whether a certificate that was issued earlier has to be issued again.</summary>
    /// <param name="pem">Null when there is none.</param>
    /// <param name="names">The names it has to have.</param>
    /// <returns>True also when it cannot be read, is of another CA, lacks a name, or two thirds of its life are over.</returns>
    public bool MustReissue(string? pem, DateTimeOffset now, params IReadOnlyList<string> names)
    {
        if (pem is null) return true;
        try
        {
            using var certificate = X509Certificate2.CreateFromPem(pem);
            DateTimeOffset begins = certificate.NotBefore.ToUniversalTime(), ends = certificate.NotAfter.ToUniversalTime();
            return now >= begins + ((ends - begins) * 2 / 3)
                || !names.All(name => certificate.MatchesHostname(name, allowWildcards: false, allowCommonName: false))
                || !_generations.Any(ca => ca.Issued(certificate));
        }
        catch (CryptographicException)
        {
            return true;
        }
    }

    // With one generation there is nobody to be introduced to.
    private ChannelCa Issuer(DateTimeOffset now) =>
        _generations.LastOrDefault(ca => now >= ca.Created + Introduction) ?? _generations[0];

    private static List<string> Split(string pem)
    {
        var parts = new List<string>();
        ReadOnlySpan<char> rest = pem;
        while (PemEncoding.TryFind(rest, out var fields))
        {
            parts.Add(rest[fields.Location].ToString() + "\n");
            rest = rest[fields.Location.End..];
        }
        return parts;
    }
}
