using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using SstpProtocol;
using SstpProtocol.Http;
using SstpProtocol.Sstp.CryptoBinding;
using SstpTransport.Polling;

namespace SstpClient.Dialing;

/// <summary>From a name to a connection that speaks SSTP: DNS, TCP, TLS with the certificate verified, HTTP.</summary>
/// <param name="poller">Where the connection will wait.</param>
public sealed class Dialer(DialSettings settings, Poller poller)
{
    /// <exception cref="DialException">A step failed; the message is for the user.</exception>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public async Task<DialedConnection> DialAsync(CancellationToken stopping)
    {
        var (socket, server) = await ConnectAsync(stopping).ConfigureAwait(false);
        var transport = new PolledStream(socket, poller);
        var tls = new SslStream(transport);
        try
        {
            await AuthenticateAsync(tls, stopping).ConfigureAwait(false);
            var certificate = CertificateDigests.FromDer(tls.RemoteCertificate!.GetRawCertData());
            var surplus = await AskForSstpAsync(tls, stopping).ConfigureAwait(false);
            return new DialedConnection(tls, transport, server, certificate, surplus);
        }
        catch
        {
            await tls.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private async Task<(Socket Socket, IPEndPoint Server)> ConnectAsync(CancellationToken stopping)
    {
        IPAddress[] addresses;
        try
        {
            addresses = settings.Address is { } given
                ? [given]
                : await Dns.GetHostAddressesAsync(settings.Host, stopping).ConfigureAwait(false);
        }
        catch (SocketException e)
        {
            throw new DialException(DialStep.Dns, $"the name {settings.Host} cannot be resolved: {e.Message}", e);
        }

        Exception? last = null;
        foreach (var address in addresses)
        {
            var server = new IPEndPoint(address, settings.Port);
            var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                using var step = Step(stopping);
                // Not ConnectAsync: it signs the socket up with .NET's own poller, which would then
                // wake the thread pool for every packet.
                await Task.Run(() => socket.Connect(server), step.Token).WaitAsync(step.Token).ConfigureAwait(false);
                SocketTuning.Apply(socket);
                return (socket, server);
            }
            catch (Exception e) when (e is SocketException
                || (e is OperationCanceledException && !stopping.IsCancellationRequested))
            {
                socket.Dispose();
                last = e;
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        }

        var why = last is SocketException refused ? refused.Message : $"no answer within {settings.StepTimeout.TotalSeconds:0} s";
        throw new DialException(
            DialStep.Tcp,
            $"nothing takes TCP connections at {string.Join(", ", addresses.AsEnumerable())} port {settings.Port}: {why}",
            last);
    }

    private async Task AuthenticateAsync(SslStream tls, CancellationToken stopping)
    {
        using var step = Step(stopping);
        try
        {
            await tls.AuthenticateAsClientAsync(
                new SslClientAuthenticationOptions
                {
                    TargetHost = settings.Host,
                    EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
                    AllowRenegotiation = false,
                    // A resumed handshake shows no certificate, and the crypto binding needs its hash.
                    AllowTlsResume = false,
                    CertificateChainPolicy = ChainPolicy(),
                },
                step.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is AuthenticationException or IOException)
        {
            throw new DialException(DialStep.Tls, $"TLS with {settings.Host} failed: {e.Message}", e);
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            throw new DialException(
                DialStep.Tls, $"{settings.Host} did not finish the TLS handshake within {settings.StepTimeout.TotalSeconds:0} s");
        }
    }

    private X509ChainPolicy ChainPolicy()
    {
        // Revocation needs the network that the tunnel may have to provide; a private CA is checked by its certificates alone.
        var policy = new X509ChainPolicy { RevocationMode = X509RevocationMode.NoCheck };
        policy.ApplicationPolicy.Add(new System.Security.Cryptography.Oid("1.3.6.1.5.5.7.3.1")); // serverAuth (RFC 5280 4.2.1.12)
        if (settings.TrustedRoots is { } roots)
        {
            policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            policy.CustomTrustStore.AddRange(roots);
        }

        return policy;
    }

    private async Task<ReadOnlyMemory<byte>> AskForSstpAsync(SslStream tls, CancellationToken stopping)
    {
        using var step = Step(stopping);
        try
        {
            var buffer = new byte[PreambleReader.MaxLength];
            var host = settings.Port == 443 ? settings.Host : $"{settings.Host}:{settings.Port}";
            var length = PreambleRequest.Write(buffer, host, Guid.NewGuid());
            await tls.WriteAsync(buffer.AsMemory(0, length), step.Token).ConfigureAwait(false);

            var filled = 0;
            while (true)
            {
                var read = await tls.ReadAsync(buffer.AsMemory(filled), step.Token).ConfigureAwait(false);
                if (read == 0)
                    throw new DialException(
                        DialStep.Http,
                        $"{settings.Host} closed the connection instead of answering; it may not be an SSTP server");
                filled += read;
                switch (PreambleResponseReader.TryRead(buffer.AsSpan(0, filled), out var status, out var consumed))
                {
                    case ReadStatus.Complete when status == 200:
                        return buffer.AsMemory(consumed, filled - consumed);
                    case ReadStatus.Complete:
                        throw new DialException(
                            DialStep.Http,
                            $"{settings.Host} answered HTTP status {status}: a web server, "
                            + "or an SSTP server that takes no calls now");
                    case ReadStatus.Malformed:
                        throw new DialException(DialStep.Http, $"{settings.Host} answered something that is not HTTP/1.1");
                }
            }
        }
        catch (IOException e)
        {
            throw new DialException(
                DialStep.Http, $"the connection to {settings.Host} broke while asking for SSTP: {e.Message}", e);
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            throw new DialException(
                DialStep.Http,
                $"{settings.Host} did not answer the request for SSTP within {settings.StepTimeout.TotalSeconds:0} s");
        }
    }

    private CancellationTokenSource Step(CancellationToken stopping)
    {
        var step = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        step.CancelAfter(settings.StepTimeout);
        return step;
    }
}
