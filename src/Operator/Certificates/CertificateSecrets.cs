using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using KubeApi.Objects;
using Operator.Certificates.Acme;
using Operator.Certificates.Cluster;
using Operator.Certificates.InternalCa;
using Operator.Certificates.Policies;
using Operator.Resources.SstpCertificates;

namespace Operator.Certificates;

/// <summary>The Secret that a certificate is delivered in: read with care, and written whole, so that nobody ever
/// sees a key beside another's certificate.</summary>
internal sealed class CertificateSecrets(ICertificateCluster cluster)
{
    /// <summary>A PKCS#12 file, for people to import.</summary>
    public const string Pkcs12Entry = "keystore.p12";

    /// <summary>More than any CA allows within the time for which they count.</summary>
    private const int KeptIssues = 8;

    public static ObjectKey KeyOf(SstpCertificate certificate) =>
        new(certificate.Metadata.Namespace ?? "", SecretNames.Output(certificate));

    /// <exception cref="BlockedException">It belongs to somebody else, or is of another type.</exception>
    public async Task<SecretContent?> ReadAsync(SstpCertificate certificate, CancellationToken stopping)
    {
        if (await cluster.ReadSecretAsync(KeyOf(certificate), stopping) is not { } secret) return null;

        var keeper = secret.Annotations.GetValueOrDefault(CertificateAnnotations.Certificate);
        var adopts = certificate.Metadata.Annotations.GetValueOrDefault(CertificateAnnotations.Adopt) == "true";
        if (keeper is null && !adopts)
        {
            throw new BlockedException(
                "SecretOfAnother",
                $"Secret {secret.Key.Name} was not made by this operator; name another in output.secretName, delete it, "
                + $"or set the annotation {CertificateAnnotations.Adopt} to \"true\"");
        }

        // Kept by a certificate that is gone: then it is free, and what is in it is used on.
        if (keeper is not null && keeper != certificate.Metadata.Name && !adopts
            && cluster.All().FirstOrDefault(
                known => known.Metadata.Namespace == secret.Key.Namespace && known.Metadata.Name == keeper) is { } other
            && SecretNames.Output(other) == secret.Key.Name)
        {
            throw new BlockedException(
                "SecretOfAnother",
                $"Secret {secret.Key.Name} is kept by SstpCertificate {keeper}; name another in output.secretName");
        }

        return secret.Type == SecretContent.Tls
            ? secret
            : throw new BlockedException(
                "SecretOfWrongType",
                $"Secret {secret.Key.Name} is of type {secret.Type}, which cannot be changed; "
                + $"delete it, and one of type {SecretContent.Tls} is made");
    }

    public static StoredCertificate Parse(SecretContent secret)
    {
        var chain = secret.Text(SecretContent.CertificateEntry) is { } pem && CertificateChain.TryRead(pem, out var read)
            ? read
            : null;
        PrivateKey? key = null;
        if (secret.Text(SecretContent.KeyEntry) is { } keyPem) PrivateKey.TryRead(keyPem, out key);
        return new StoredCertificate(
            chain?.Leaf,
            key,
            secret.Annotations.GetValueOrDefault(CertificateAnnotations.IssuerId),
            secret.Annotations.GetValueOrDefault(CertificateAnnotations.Form));
    }

    /// <summary>When certificates for the names in it were issued lately; what cannot be read counts for nothing.</summary>
    public static IReadOnlyList<DateTimeOffset> Issued(SecretContent? secret)
    {
        var times = new List<DateTimeOffset>();
        foreach (var text in secret?.Annotations.GetValueOrDefault(CertificateAnnotations.Issued)?.Split(' ') ?? [])
        {
            if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
                times.Add(time);
        }

        return times;
    }

    /// <param name="rootPem">Null where clients trust the root already.</param>
    /// <param name="issued">When this certificate was ordered, after the earlier ones for the same names.</param>
    public async Task WriteAsync(
        SstpCertificate certificate, WantedCertificate wanted, string chainPem, PrivateKey key, string? rootPem,
        IReadOnlyList<DateTimeOffset> issued, CancellationToken stopping)
    {
        using var leaf = X509Certificate2.CreateFromPem(chainPem);
        var data = new Dictionary<string, byte[]>
        {
            [SecretContent.CertificateEntry] = Encoding.ASCII.GetBytes(chainPem),
            [SecretContent.KeyEntry] = Encoding.ASCII.GetBytes(key.ToPem() + "\n"),
        };
        if (rootPem is not null) data[SecretContent.RootEntry] = Encoding.ASCII.GetBytes(rootPem);
        var annotations = new Dictionary<string, string>
        {
            [CertificateAnnotations.Certificate] = certificate.Metadata.Name,
            [CertificateAnnotations.IssuerId] = wanted.IssuerId,
            [CertificateAnnotations.Form] = wanted.Form,
            [CertificateAnnotations.Serial] = leaf.SerialNumber,
            [CertificateAnnotations.NotAfter] = KubeTime.Seconds(leaf.NotAfter.ToUniversalTime()),
            [CertificateAnnotations.Issued] = string.Join(
                ' ', issued.Distinct().Order().TakeLast(KeptIssues).Select(KubeTime.Seconds)),
        };
        if (certificate.Metadata.Annotations.GetValueOrDefault(CertificateAnnotations.ReissueAt) is { } wish)
            annotations[CertificateAnnotations.ReissuedFor] = wish;
        await WriteAsync(certificate, data, annotations, key, stopping);
    }

    /// <summary>Brings the PKCS#12 file up to date with a changed password or wish, without a new certificate.</summary>
    public async Task RefreshPkcs12Async(
        SstpCertificate certificate, SecretContent secret, PrivateKey key, CancellationToken stopping)
    {
        if (await Pkcs12SourceAsync(certificate, secret.Data, stopping) is var source
            && source?.Digest == secret.Annotations.GetValueOrDefault(CertificateAnnotations.Pkcs12For))
            return;

        var data = secret.Data.Where(entry => entry.Key != Pkcs12Entry).ToDictionary();
        var annotations = secret.Annotations.Where(entry => entry.Key != CertificateAnnotations.Pkcs12For).ToDictionary();
        await WriteAsync(certificate, data, annotations, key, stopping);
    }

    private async Task WriteAsync(
        SstpCertificate certificate, Dictionary<string, byte[]> data,
        Dictionary<string, string> annotations, PrivateKey key, CancellationToken stopping)
    {
        if (await Pkcs12SourceAsync(certificate, data, stopping) is { } source)
        {
            var chain = Encoding.ASCII.GetString(data[SecretContent.CertificateEntry]);
            var root = data.TryGetValue(SecretContent.RootEntry, out var bytes) ? Encoding.ASCII.GetString(bytes) : null;
            data[Pkcs12Entry] = Pkcs12Bundle.Create(
                chain, key, root, source.Password, certificate.Spec.Output.Pkcs12!.Encryption);
            annotations[CertificateAnnotations.Pkcs12For] = source.Digest;
        }

        var owned = certificate.Spec.Output.Retention == SecretRetention.Delete;
        await cluster.WriteSecretAsync(
            new SecretContent(
                KeyOf(certificate), SecretContent.Tls, data, annotations,
                owned ? certificate.Metadata.Name : null, owned ? certificate.Metadata.Uid : null),
            stopping);
    }

    /// <summary>The password, and a digest of all that the file is made from; null when no file is wanted.</summary>
    private async Task<(string Password, string Digest)?> Pkcs12SourceAsync(
        SstpCertificate certificate, IReadOnlyDictionary<string, byte[]> data, CancellationToken stopping)
    {
        if (certificate.Spec.Output.Pkcs12 is not { } output) return null;

        var secret = await cluster.ReadSecretAsync(
            new ObjectKey(certificate.Metadata.Namespace ?? "", output.PasswordSecret.Name), stopping);
        var password = secret?.Text(output.PasswordSecret.Key)?.TrimEnd('\r', '\n') ?? throw new BlockedException(
            "Pkcs12PasswordMissing",
            $"Secret {output.PasswordSecret.Name} with the key {output.PasswordSecret.Key} (output.pkcs12.passwordSecret) "
            + "does not exist; create it");

        // The key makes it a digest that tells nothing of the password to whoever sees only the annotation.
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, data[SecretContent.KeyEntry]);
        hmac.AppendData(Encoding.UTF8.GetBytes($"{output.Encryption}\n{password}\n"));
        hmac.AppendData(data[SecretContent.CertificateEntry]);
        return (password, Convert.ToHexStringLower(hmac.GetHashAndReset())[..32]);
    }
}
