using System.Net;
using System.Security.Cryptography.X509Certificates;
using KubeApi.Credentials;

namespace KubeApi.Client;

/// <summary>The connections made with one client certificate: a set for requests, and another for watches.</summary>
internal sealed class ConnectionPool : IDisposable
{
    private readonly HttpMessageInvoker _requests;
    private readonly HttpMessageInvoker _streams;

    public ConnectionPool(ClusterAccess access, X509Certificate2? certificate)
    {
        Certificate = certificate;
        _requests = new HttpMessageInvoker(Connect(access, certificate, DecompressionMethods.GZip));
        // Servers flush compressed streams when it suits them, and an event must not wait in a compressor.
        _streams = new HttpMessageInvoker(Connect(access, certificate, DecompressionMethods.None));
    }

    /// <summary>For tests: everything goes through one handler.</summary>
    public ConnectionPool(HttpMessageHandler handler)
    {
        _requests = new HttpMessageInvoker(handler, disposeHandler: false);
        _streams = _requests;
    }

    public X509Certificate2? Certificate { get; }

    public HttpMessageInvoker For(ApiRequest request) => request.IsStream ? _streams : _requests;

    public void Dispose()
    {
        _requests.Dispose();
        _streams.Dispose();
    }

    private static SocketsHttpHandler Connect(
        ClusterAccess access, X509Certificate2? certificate, DecompressionMethods decompression)
    {
        var handler = new SocketsHttpHandler
        {
            AutomaticDecompression = decompression,
            AllowAutoRedirect = false,
            UseCookies = false,
            ConnectTimeout = TimeSpan.FromSeconds(10),
            PooledConnectionLifetime = TimeSpan.FromMinutes(10),
            // Servers allow 100 to 1,000 streams a connection, and each watch holds one.
            EnableMultipleHttp2Connections = true,
            // A router that has forgotten the connection never says so. Silence shows only when somebody asks.
            KeepAlivePingPolicy = HttpKeepAlivePingPolicy.Always,
            KeepAlivePingDelay = TimeSpan.FromSeconds(30),
            KeepAlivePingTimeout = TimeSpan.FromSeconds(15),
            UseProxy = access.Proxy is not null,
            Proxy = access.Proxy is null ? null : new WebProxy(access.Proxy),
        };
        if (certificate is not null)
        {
            handler.SslOptions.ClientCertificates = [certificate];
            handler.SslOptions.LocalCertificateSelectionCallback = (_, _, _, _, _) => certificate;
        }

#pragma warning disable CA5359 // insecure-skip-tls-verify is the user's explicit wish, and documented for what it is.
        if (access.SkipTlsVerify) handler.SslOptions.RemoteCertificateValidationCallback = (_, _, _, _) => true;
#pragma warning restore CA5359
        else if (access.Roots is { } roots)
            handler.SslOptions.RemoteCertificateValidationCallback =
                (_, shown, chain, errors) => roots.Accept(shown as X509Certificate2, chain, errors);
        return handler;
    }
}
