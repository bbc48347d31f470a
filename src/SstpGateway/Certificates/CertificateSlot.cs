using System.Security.Cryptography;
using System.Text;
using GatewayConfig.Tls;
using SstpGateway.Configuration;

namespace SstpGateway.Certificates;

/// <summary>One pair of files of the configuration and what became of it: the certificate in use and why
/// the files' present content is not it.</summary>
internal sealed class CertificateSlot(CertificateConfig files)
{
    private string? _inUse;
    private (string Content, string Problem)? _suspect;

    public CertificateConfig Files { get; } = files;

    /// <summary>The last good one; null until there was one.</summary>
    public ServerCertificate? Certificate { get; private set; }

    /// <summary>Why the files as they are now are not in use; null when they are, or <see cref="IsAwaited"/>.</summary>
    public string? Problem { get; private set; }

    /// <summary>There was nothing to judge yet: neither file existed, and no certificate was in use before.</summary>
    public bool IsAwaited { get; private set; }

    /// <summary>What has been said about the end of <see cref="Certificate"/>, so that it is said once.</summary>
    public ExpiryNotice Notice { get; set; }

    /// <summary>Looks at the files.</summary>
    /// <param name="hostname">The name the certificate has to cover, or null.</param>
    /// <param name="look">What a fault means: two files cannot be replaced at the same instant,
    /// and whoever writes them may be half-way through.</param>
    public SlotChange Examine(string? hostname, DateTimeOffset now, Look look)
    {
        var (certificatePem, certificateFault) = Read(Files.CertificateFile);
        var (keyPem, keyFault) = Read(Files.KeyFile);
        if (Certificate is null && certificateFault is { IsAbsent: true } && keyFault is { IsAbsent: true }) return Await();

        var problem = (certificateFault ?? keyFault)?.Problem;
        var content = Digest(certificatePem, keyPem) + hostname;
        if (content == _inUse)
        {
            _suspect = null;
            Problem = null;
            return SlotChange.None;
        }

        if (problem is null && CertificateReader.TryRead(certificatePem, keyPem, hostname, now, out var certificate, out problem))
        {
            (_inUse, _suspect, Problem, IsAwaited, Certificate, Notice) =
                (content, null, null, false, certificate, ExpiryNotice.None);
            return SlotChange.Accepted;
        }
        return Refuse(content, problem!, look);
    }

    private SlotChange Await()
    {
        var isKnown = IsAwaited;
        (_suspect, Problem, IsAwaited) = (null, null, true);
        return isKnown ? SlotChange.None : SlotChange.Awaited;
    }

    private SlotChange Refuse(string content, string problem, Look look)
    {
        if (look == Look.Hint) return SlotChange.None;
        var seenBefore = _suspect == (content, problem);
        _suspect = (content, problem);
        if (look == Look.Routine && !seenBefore) return SlotChange.None;
        if (Problem == problem) return SlotChange.None;

        (Problem, IsAwaited) = (problem, false);
        return SlotChange.Refused;
    }

    // Tells one content of the two files from another.
    private static string Digest(string certificatePem, string keyPem) =>
        Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"{certificatePem}\0{keyPem}")));

    private static (string Pem, FileFault? Fault) Read(string file)
    {
        try
        {
            return (File.ReadAllText(file), null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return ("", FileFault.Of(file, e));
        }
    }
}
