using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using TestSupport.Namespaces;

namespace Interop.Tests.Network;

/// <summary>Looks at the certificate that a TLS server shows to a new connection.</summary>
public static class ServedCertificate
{
    /// <returns>The SHA-256 of the leaf, upper-case hexadecimal.</returns>
    public static async Task<string> Sha256Async(NetworkNamespace @namespace, IPEndPoint endPoint)
    {
        using var timer = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        using var socket = await @namespace.ConnectAsync(endPoint, timer.Token);
        await using var stream = new SslStream(new NetworkStream(socket));
        var sha256 = "";
        await stream.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions
            {
                TargetHost = Laboratory.GatewayName,
                RemoteCertificateValidationCallback = (_, certificate, _, _) =>
                {
                    sha256 = ((X509Certificate2)certificate!).GetCertHashString(HashAlgorithmName.SHA256);
                    return sha256.Length > 0;
                },
            },
            timer.Token);
        return sha256;
    }
}
