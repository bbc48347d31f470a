using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using GatewayConfig.Admin;
using Microsoft.Extensions.Logging;
using SstpGateway.Certificates;
using SstpGateway.Listening;
using SstpProtocol.Ppp;

namespace SstpGateway.Admin;

/// <summary>The certificate of the administration endpoint and the CA of its clients,
/// read again when their files change.</summary>
internal sealed class AdminTlsFiles
{
    private const string ClientAuthenticationOid = "1.3.6.1.5.5.7.3.2";
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private readonly AdminTlsConfig _config;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly RareLine _refusals;
    private readonly Lock _changing = new();
    private long _examined;
    private string? _seen;
    private ServerCertificate? _certificate;
    private X509Certificate2Collection _clientAuthorities = [];

    /// <exception cref="IOException">The files are not fit for use. There is no endpoint without them.</exception>
    public AdminTlsFiles(AdminTlsConfig config, TimeProvider clock, ILogger logger)
    {
        _config = config;
        _clock = clock;
        _logger = logger;
        _refusals = new RareLine(clock);
        if (TryRead() is { } problem) throw new IOException($"The administration endpoint (admin.tls) cannot start: {problem}.");
        _examined = clock.GetTimestamp();
    }

    /// <summary>What to present to the next client.</summary>
    public ServerCertificate Certificate
    {
        get
        {
            Refresh();
            return _certificate!;
        }
    }

    /// <summary>Whether a client's certificate comes from the CA, is in its time and is meant for clients.</summary>
    public bool Trusts(X509Certificate2? client)
    {
        if (client is null) return Refuse("it shows no certificate");

        Refresh();
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(_clientAuthorities);
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid(ClientAuthenticationOid));
        chain.ChainPolicy.VerificationTime = _clock.GetUtcNow().UtcDateTime;
        chain.ChainPolicy.DisableCertificateDownloads = true;

        // A CA of the operator's own issues for days and publishes no list; withdrawing means changing the CA.
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        if (chain.Build(client)) return true;

        // Anybody may have signed it, with any text in it.
        return Refuse(
            $"its certificate \"{PeerText.Escape(client.Subject)}\" is not acceptable "
            + $"({string.Join(", ", chain.ChainStatus.Select(status => status.Status))})");
    }

    private bool Refuse(string problem)
    {
        if (_refusals.MayWrite(out var unsaid)) AdminLog.ClientRefused(_logger, problem, unsaid);
        return false;
    }

    private void Refresh()
    {
        lock (_changing)
        {
            if (_clock.GetElapsedTime(_examined) < Interval) return;
            _examined = _clock.GetTimestamp();
            if (TryRead() is { } problem) AdminLog.CertificateRefused(_logger, problem, "The one read before stays in use");
        }
    }

    /// <returns>What is wrong with new content; null when it is in use or was judged before.</returns>
    private string? TryRead()
    {
        try
        {
            var certificatePem = File.ReadAllText(_config.CertificateFile);
            var keyPem = File.ReadAllText(_config.KeyFile);
            var authorityPem = File.ReadAllText(_config.ClientCaFile);
            var content = $"{certificatePem}\0{keyPem}\0{authorityPem}";
            if (content == _seen) return null;
            _seen = content;

            var authorities = new X509Certificate2Collection();
            authorities.ImportFromPem(authorityPem);
            if (authorities.Count == 0) return $"{_config.ClientCaFile} holds no certificate";
            if (!CertificateReader.TryRead(certificatePem, keyPem, null, _clock.GetUtcNow(), out var read, out var problem))
                return $"{_config.CertificateFile}: {problem}";

            (_certificate, _clientAuthorities) = (read, authorities);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            if (_seen == e.Message) return null;
            _seen = e.Message;
            return e.Message;
        }
    }
}
