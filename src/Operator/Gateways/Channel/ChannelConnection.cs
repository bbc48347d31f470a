using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Operator.Gateways.Channel;

/// <summary>TCP and TLS to one gateway: dials its address, asks for its name, shows the operator's certificate.</summary>
internal static class ChannelConnection
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(5);

    // A connection outlives neither a rotated certificate nor an address that has moved by much.
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    public static SocketsHttpHandler Handler(
        GatewayEndPoint endPoint, Func<ChannelCredentials> credentials, TimeProvider clock) => new()
    {
        UseProxy = false,
        AllowAutoRedirect = false,
        ConnectTimeout = ConnectTimeout,
        PooledConnectionLifetime = Lifetime,
        ConnectCallback = async (_, stopping) =>
        {
            var socket = new Socket(endPoint.Address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(endPoint.Address, stopping).ConfigureAwait(false);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        },
        SslOptions = new SslClientAuthenticationOptions
        {
            TargetHost = endPoint.ServerName,
            EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
            CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
            LocalCertificateSelectionCallback = (_, _, _, _, _) => credentials().Own,
            RemoteCertificateValidationCallback = (_, certificate, _, _) =>
                certificate is X509Certificate2 server && credentials().Trusts(server, endPoint.ServerName, clock.GetUtcNow()),
        },
    };
}
