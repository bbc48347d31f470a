using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using TestSupport.Certificates;
using TestSupport.Namespaces;

namespace Interop.Tests.Network;

/// <summary>
/// Someone in the middle: ends TLS with a certificate of its own, which the client trusts, and hands every byte on over a TLS
/// connection of its own to the gateway. What the crypto binding is there to catch.
/// </summary>
public sealed class TlsRelay : IAsyncDisposable
{
    private readonly NetworkNamespace _namespace;
    private readonly IPEndPoint _gateway;
    private readonly Socket _listener;
    private readonly X509Certificate2 _certificate;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _relaying;

    public TlsRelay(NetworkNamespace @namespace, IPEndPoint endPoint, IPEndPoint gateway, IssuedCertificate certificate)
    {
        _namespace = @namespace;
        _gateway = gateway;
        _listener = @namespace.Listen(endPoint);
        _certificate = X509Certificate2.CreateFromPem(certificate.CertificatePem, certificate.KeyPem);
        _relaying = RelayAsync(_stopping.Token);
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        try
        {
            await _relaying;
        }
        catch (OperationCanceledException)
        {
            // Asked for.
        }

        _listener.Dispose();
        _certificate.Dispose();
        _stopping.Dispose();
    }

    private async Task RelayAsync(CancellationToken stopping)
    {
        while (true)
        {
            using var accepted = await _listener.AcceptAsync(stopping);
            using var outgoing = await _namespace.ConnectAsync(_gateway, stopping);
            await using var client = new SslStream(new NetworkStream(accepted));
            await using var server = new SslStream(new NetworkStream(outgoing));
            try
            {
                await client.AuthenticateAsServerAsync(
                    new SslServerAuthenticationOptions { ServerCertificate = _certificate }, stopping);
                await server.AuthenticateAsClientAsync(
                    new SslClientAuthenticationOptions
                    {
                        TargetHost = Laboratory.GatewayName,
                        // An attacker does not mind.
                        RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate is not null,
                    },
                    stopping);
                await await Task.WhenAny(client.CopyToAsync(server, stopping), server.CopyToAsync(client, stopping));
            }
            catch (Exception exception) when (exception is IOException or AuthenticationException)
            {
                // One of the two hung up, which is how every relayed call ends.
            }
        }
    }
}
