using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using SstpClient.Probe.Reports;

namespace SstpClient.Probe.Steps;

/// <summary>What is read of a certificate while the handshake lends it.</summary>
internal sealed record CertificateFindings(
    string Subject, string Issuer, IReadOnlyList<string> Names, DateTimeOffset NotBefore, DateTimeOffset NotAfter,
    string Sha256, string Serial, IReadOnlyList<string> Problems, IReadOnlyList<CertificateFault> Faults)
{
    public static CertificateFindings Of(X509Certificate2 leaf, X509Chain? chain, SslPolicyErrors errors, string host)
    {
        var names = NamesOf(leaf);
        var problems = new List<string>();
        var faults = new List<CertificateFault>();
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
        {
            problems.Add($"it is for {(names.Count > 0 ? string.Join(", ", names) : leaf.Subject)}, not for {host}");
            faults.Add(CertificateFault.Name);
        }
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors))
        {
            problems.AddRange((chain?.ChainStatus ?? []).Select(status => Words(status, leaf)).Distinct());
            faults.AddRange((chain?.ChainStatus ?? []).Select(status => Kind(status.Status)).Distinct());
        }

        return new CertificateFindings(
            leaf.Subject, leaf.Issuer, names, leaf.NotBefore.ToUniversalTime(), leaf.NotAfter.ToUniversalTime(),
            leaf.GetCertHashString(HashAlgorithmName.SHA256), leaf.SerialNumber, problems, faults);
    }

    private static List<string> NamesOf(X509Certificate2 leaf) =>
    [
        .. leaf.Extensions.OfType<X509SubjectAlternativeNameExtension>()
            .SelectMany(names =>
                names.EnumerateDnsNames().Concat(names.EnumerateIPAddresses().Select(address => address.ToString()))),
    ];

    private static CertificateFault Kind(X509ChainStatusFlags status) => status switch
    {
        X509ChainStatusFlags.NotTimeValid => CertificateFault.Time,
        X509ChainStatusFlags.UntrustedRoot => CertificateFault.Root,
        X509ChainStatusFlags.PartialChain => CertificateFault.Chain,
        _ => CertificateFault.Other,
    };

    private static string Words(X509ChainStatus status, X509Certificate2 leaf) => status.Status switch
    {
        X509ChainStatusFlags.NotTimeValid =>
            $"it or its issuer is not valid now (it is from {leaf.NotBefore.ToUniversalTime():u} to "
            + $"{leaf.NotAfter.ToUniversalTime():u})",
        X509ChainStatusFlags.UntrustedRoot => "its root is not trusted here; clients need that authority's certificate",
        X509ChainStatusFlags.PartialChain =>
            $"its issuer ({leaf.Issuer}) is unknown: the server must send the intermediate certificates, "
            + "or clients need the authority's",
        X509ChainStatusFlags.NotValidForUsage => "it is not meant for servers (extended key usage)",
        X509ChainStatusFlags.NotSignatureValid => "a signature in its chain is wrong",
        _ => status.StatusInformation is { Length: > 0 } words ? words : status.Status.ToString(),
    };
}
