using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;

namespace Operator.Dns.Push;

/// <summary>The certificate of the listener for reports, read anew when its file has changed, so that a renewed one is served
/// without a restart. Safe for concurrent use.</summary>
/// <remarks>It may be this operator's to get, and not be there yet.</remarks>
internal sealed class PushCertificate(string certificateFile, string keyFile, ILogger logger)
{
    private readonly Lock _gate = new();
    private (DateTime Written, SslStreamCertificateContext Context)? _served;
    private string? _problem;

    /// <summary>What to show the next client: what is in the files, or was when they could be used last.</summary>
    /// <exception cref="AuthenticationException">They never could; the log says why.</exception>
    public SslStreamCertificateContext Current()
    {
        lock (_gate)
        {
            try
            {
                var written = Written();
                if (_served is not { } known || known.Written != written) _served = (written, Read());
                _problem = null;
            }
            catch (Exception e)
                when (e is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
            {
                // ArgumentException: the key is another certificate's. Told once, and not for everybody who connects.
                if (e.Message != _problem) Tell(e.Message);
                _problem = e.Message;
            }

            return _served?.Context ?? throw new AuthenticationException("There is no certificate to show.");
        }
    }

    // Through the file itself: of a mounted Secret the name is a link that stays, and what it leads to changes.
    private DateTime Written()
    {
        using var file = File.OpenHandle(certificateFile);
        return File.GetLastWriteTimeUtc(file);
    }

    private SslStreamCertificateContext Read()
    {
        var chain = new X509Certificate2Collection();
        chain.ImportFromPemFile(certificateFile);
        using var leaf = X509Certificate2.CreateFromPemFile(certificateFile, keyFile);
        return SslStreamCertificateContext.Create(
            X509CertificateLoader.LoadPkcs12(leaf.Export(X509ContentType.Pkcs12), null), chain, offline: true);
    }

    private void Tell(string problem) => PushLog.CertificateRefused(
        logger, $"{certificateFile}, {keyFile}: {problem}",
        _served is null
            ? "Nobody can report until there is a certificate and its key, in PEM"
            : "The one before stays in use; put a certificate and its key there, in PEM");
}
