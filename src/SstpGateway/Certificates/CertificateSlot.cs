using System.Security.Cryptography;
using System.Text;
using GatewayConfig.Tls;
using SstpGateway.Configuration;

namespace SstpGateway.Certificates;

/// <summary>One pair of files of the configuration and what became of it: the certificate in use and why the files' present content is not it.</summary>
internal sealed class CertificateSlot(CertificateConfig files)
{
    private string? _inUse;
    private (string Content, string Problem)? _suspect;

    public CertificateConfig Files { get; } = files;

    /// <summary>The last good one; null until there was one.</summary>
    public ServerCertificate? Certificate { get; private set; }

    /// <summary>Why the files as they are now are not in use; null when they are.</summary>
    public string? Problem { get; private set; }

    /// <summary>What has been said about the end of <see cref="Certificate"/>, so that it is said once.</summary>
    public ExpiryNotice Notice { get; set; }

    /// <summary>Looks at the files.</summary>
    /// <param name="hostname">The name the certificate has to cover, or null.</param>
    /// <param name="look">What a fault means: two files cannot be replaced at the same instant, and whoever writes them may be half-way through.</param>
    public SlotChange Examine(string? hostname, DateTimeOffset now, Look look)
    {
        var content = Load(out var certificatePem, out var keyPem, out var problem) + hostname;
        if (content == _inUse)
        {
            _suspect = null;
            Problem = null;
            return SlotChange.None;
        }

        if (problem is null && CertificateReader.TryRead(certificatePem, keyPem, hostname, now, out var certificate, out problem))
        {
            (_inUse, _suspect, Problem, Certificate, Notice) = (content, null, null, certificate, ExpiryNotice.None);
            return SlotChange.Accepted;
        }
        return Refuse(content, problem!, look);
    }

    private SlotChange Refuse(string content, string problem, Look look)
    {
        if (look == Look.Hint) return SlotChange.None;
        var seenBefore = _suspect == (content, problem);
        _suspect = (content, problem);
        if (look == Look.Routine && !seenBefore) return SlotChange.None;
        if (Problem == problem) return SlotChange.None;

        Problem = problem;
        return SlotChange.Refused;
    }

    /// <returns>A digest of the two files, which is also what tells one content from another.</returns>
    private string Load(out string certificatePem, out string keyPem, out string? problem)
    {
        certificatePem = keyPem = "";
        try
        {
            certificatePem = File.ReadAllText(Files.CertificateFile);
            keyPem = File.ReadAllText(Files.KeyFile);
            problem = null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            problem = $"it cannot be read: {e.Message}";
        }
        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"{certificatePem}\0{keyPem}")));
    }
}
