using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.Extensions.Logging;
using Operator.Certificates.Acme;
using Operator.Certificates.Acme.Transport;
using Operator.Dns.Providers.Http;

namespace Operator.Certificates.Accounts;

/// <summary>One client for each CA, so that nonces and connections are shared.</summary>
/// <param name="handler">Makes what carries the requests to a CA whose web server is trusted through the given roots;
/// null means those of the system.</param>
internal sealed class AcmeClients(
    Func<string?, HttpMessageHandler> handler, TimeProvider clock, CertificateMetrics metrics, ILogger<AcmeClients> logger)
    : IDisposable
{
    /// <summary>CAs want to know whom to tell when a client misbehaves (RFC 8555 section 6.1).</summary>
    private static readonly ProductInfoHeaderValue Product =
        new("sstp-operator", typeof(AcmeClients).Assembly.GetName().Version!.ToString(3));

    /// <summary>A CA that has not answered by then did not get the request, or its answer is lost.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, HttpClient> _http = new();
    private readonly ConcurrentDictionary<(string Directory, string Trust), AcmeClient> _clients = new();

    public AcmeClient For(Uri directory, string? trustedRoots)
    {
        var trust = trustedRoots is null ? "" : Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(trustedRoots)));
        return _clients.GetOrAdd((directory.OriginalString, trust), _ =>
        {
            var http = _http.GetOrAdd(trust, _ => Connect(trustedRoots));
            return new AcmeClient(new AcmeTransport(http, directory, clock, metrics, logger));
        });
    }

    public void Dispose()
    {
        foreach (var http in _http.Values) http.Dispose();
    }

    /// <summary>Over TLS with name checks always; with own roots, those only.</summary>
    public static HttpMessageHandler Tls(string? trustedRoots)
    {
        var handler = new SocketsHttpHandler
        {
            // a signed request names its address; elsewhere it is worth nothing (RFC 8555 section 6.4)
            AllowAutoRedirect = false,
            ActivityHeadersPropagator = null,    // ids of our traces are nobody else's business
            ConnectCallback = ServiceConnector.ConnectAsync,
            PooledConnectionLifetime = TimeSpan.FromMinutes(15),
            ConnectTimeout = TimeSpan.FromSeconds(15),
        };
        if (trustedRoots is not null)
        {
            var policy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck,
            };
            policy.CustomTrustStore.ImportFromPem(trustedRoots);
            handler.SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = policy };
        }

        return handler;
    }

    private HttpClient Connect(string? trustedRoots)
    {
        var http = new HttpClient(handler(trustedRoots)) { Timeout = Patience };
        http.DefaultRequestHeaders.UserAgent.Add(Product);
        http.DefaultRequestHeaders.AcceptLanguage.ParseAdd("en");
        return http;
    }
}
