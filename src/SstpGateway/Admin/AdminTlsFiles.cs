using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using GatewayConfig.Admin;
using Microsoft.Extensions.Logging;
using SstpGateway.Certificates;

namespace SstpGateway.Admin;

/// <summary>The certificate of the administration endpoint and the CA of its clients, read again when their files change.</summary>
internal sealed class AdminTlsFiles
{
    private const string ClientAuthenticationOid = "1.3.6.1.5.5.7.3.2";
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private readonly AdminTlsConfig config;
    private readonly TimeProvider clock;
    private readonly ILogger logger;
    private readonly Lock changing = new();
    private long examined;
    private string? seen;
    private ServerCertificate? certificate;
    private X509Certificate2Collection clientAuthorities = [];

    /// <exception cref="IOException">The files are not fit for use. There is no endpoint without them.</exception>
    public AdminTlsFiles(AdminTlsConfig config, TimeProvider clock, ILogger logger)
    {
        this.config = config;
        this.clock = clock;
        this.logger = logger;
        if (TryRead() is { } problem) throw new IOException($"The administration endpoint (admin.tls) cannot start: {problem}.");
        examined = clock.GetTimestamp();
    }

    /// <summary>What to present to the next client.</summary>
    public ServerCertificate Certificate
    {
        get
        {
            Refresh();
            return certificate!;
        }
    }

    /// <summary>Whether a client's certificate comes from the CA, is in its time and is meant for clients.</summary>
    public bool Trusts(X509Certificate2 client)
    {
        Refresh();
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(clientAuthorities);
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid(ClientAuthenticationOid));
        chain.ChainPolicy.VerificationTime = clock.GetUtcNow().UtcDateTime;
        chain.ChainPolicy.DisableCertificateDownloads = true;

        // A CA of the operator's own issues for days and publishes no list; withdrawing means changing the CA.
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        if (chain.Build(client)) return true;

        AdminLog.ClientRefused(logger, client.Subject, $"is not acceptable ({string.Join(", ", chain.ChainStatus.Select(status => status.Status))})");
        return false;
    }

    private void Refresh()
    {
        lock (changing)
        {
            if (clock.GetElapsedTime(examined) < Interval) return;
            examined = clock.GetTimestamp();
            if (TryRead() is { } problem) AdminLog.CertificateRefused(logger, problem, "The one read before stays in use");
        }
    }

    /// <returns>What is wrong with new content; null when it is in use or was judged before.</returns>
    private string? TryRead()
    {
        try
        {
            var certificatePem = File.ReadAllText(config.CertificateFile);
            var keyPem = File.ReadAllText(config.KeyFile);
            var authorityPem = File.ReadAllText(config.ClientCaFile);
            var content = $"{certificatePem}\0{keyPem}\0{authorityPem}";
            if (content == seen) return null;
            seen = content;

            var authorities = new X509Certificate2Collection();
            authorities.ImportFromPem(authorityPem);
            if (authorities.Count == 0) return $"{config.ClientCaFile} holds no certificate";
            if (!CertificateReader.TryRead(certificatePem, keyPem, null, clock.GetUtcNow(), out var read, out var problem))
                return $"{config.CertificateFile}: {problem}";

            (certificate, clientAuthorities) = (read, authorities);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            if (seen == e.Message) return null;
            seen = e.Message;
            return e.Message;
        }
    }
}
