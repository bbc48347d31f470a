using System.Diagnostics;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using GatewayConfig.Channel;
using SstpGateway.Certificates;
using SstpProtocol;
using SstpProtocol.Http;

namespace SstpGateway.Admin.Probing;

/// <summary>Looks at another host as a client would: TCP, TLS, SSTP's HTTP request.
/// Nothing is sent that could begin a call.</summary>
/// <param name="guard">Says which addresses may be dialled.</param>
public sealed class HostProbe(ProbeGuard guard)
{
    private const int MaxSeconds = 60;
    private const int MaxChain = 8;

    /// <returns>What is wrong with the request; null when nothing is.</returns>
    public static string? Problem(ProbeRequest request)
    {
        if (request.Host.Length is 0 or > 253 || Uri.CheckHostName(request.Host) == UriHostNameType.Unknown)
            return $"host is '{request.Host}'; give a DNS name or an address";
        if (request.Address is { } address && !IPAddress.TryParse(address, out _))
            return $"address is '{address}'; give an IP address, or leave it out";
        if (request.Port is < 1 or > IPEndPoint.MaxPort) return $"port is {request.Port}; give 1 to {IPEndPoint.MaxPort}";
        return request.TimeoutSeconds is >= 1 and <= MaxSeconds
            ? null
            : $"timeoutSeconds is {request.TimeoutSeconds}; give 1 to {MaxSeconds}";
    }

    public async Task<ProbeResult> LookAsync(ProbeRequest request, CancellationToken stopping)
    {
        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(request.TimeoutSeconds));
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, stopping);
        var watch = Stopwatch.StartNew();
        var found = new ProbeResult();
        try
        {
            var addresses = await ResolveAsync(request, either.Token).ConfigureAwait(false);
            if (request.Address is null) found = found with { Addresses = [.. addresses.Select(address => address.ToString())] };
            var allowed = addresses.Where(address => guard.Objection(address, request.Port) is null).ToArray();
            if (allowed.Length == 0 && addresses.Length > 0)
                return found with { Problem = $"{request.Host} leads to "
                    + $"{string.Join(", ", addresses.Take(4).Select(address => address.ToString()))}, "
                    + "of which this gateway was not told" };
            using var socket = await DialAsync(allowed, request.Port, either.Token).ConfigureAwait(false);
            found = found with { Address = ((IPEndPoint)socket.RemoteEndPoint!).Address.ToString() };
            if (request.Depth >= ProbeDepth.Tls)
                found = await LookInsideAsync(socket, request, found, either.Token).ConfigureAwait(false);
            found = found with { IsReachable = found.Problem is null };
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            found = found with { Problem = $"no answer within {request.TimeoutSeconds} s" };
        }
        catch (Exception e) when (e is SocketException or IOException or AuthenticationException)
        {
            found = found with { Problem = e.Message };
        }
        return found with { Milliseconds = watch.Elapsed.TotalMilliseconds };
    }

    private static async Task<IPAddress[]> ResolveAsync(ProbeRequest request, CancellationToken stopping) =>
        IPAddress.TryParse(request.Address ?? request.Host, out var address)
            ? [address]
            : await System.Net.Dns.GetHostAddressesAsync(request.Host, stopping).ConfigureAwait(false);

    /// <summary>Tries one address after the other.</summary>
    private static async Task<Socket> DialAsync(IPAddress[] addresses, int port, CancellationToken stopping)
    {
        SocketException? fault = null;
        foreach (var address in addresses)
        {
            var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                await socket.ConnectAsync(address, port, stopping).ConfigureAwait(false);
                return socket;
            }
            catch (SocketException e)
            {
                fault = e;
                socket.Dispose();
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        }
        throw fault ?? new SocketException((int)SocketError.HostNotFound);
    }

    /// <summary>TLS, and as deep as is asked SSTP's request, over a connection that has been made.</summary>
    internal static async Task<ProbeResult> LookInsideAsync(
        Socket socket, ProbeRequest request, ProbeResult found, CancellationToken stopping)
    {
        using var network = new NetworkStream(socket, ownsSocket: false);
        var tls = new SslStream(network, leaveInnerStreamOpen: true);
        await using var guard = tls.ConfigureAwait(false);
        await tls.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions
            {
                TargetHost = request.Host,
                // A certificate may name URLs to fetch its issuer from: whom it is asked of must not choose what else is asked.
                CertificateChainPolicy = new X509ChainPolicy
                {
                    RevocationMode = X509RevocationMode.NoCheck, DisableCertificateDownloads = true,
                },
#pragma warning disable CA5359 // The certificate is what is asked for, whatever it is; nothing worth hiding is sent.
                RemoteCertificateValidationCallback = (_, certificate, chain, _) =>
                {
                    if (certificate is X509Certificate2 shown)
                        found = found with { Certificate = Describe(shown), Chain = Pem(shown, chain) };
                    return true;
                },
#pragma warning restore CA5359
            },
            stopping).ConfigureAwait(false);
        if (request.Depth < ProbeDepth.Sstp) return found;

        var preamble = new byte[1024];
        var length = PreambleRequest.Write(preamble, request.Host, Guid.NewGuid());
        await tls.WriteAsync(preamble.AsMemory(0, length), stopping).ConfigureAwait(false);
        var status = await ReadStatusAsync(tls, stopping).ConfigureAwait(false);
        return found with
        {
            HttpStatus = status,
            Problem = status switch
            {
                (int)HttpStatusCode.OK => null,
                null => "the answer to SSTP's request is no HTTP",
                _ => $"SSTP's request was answered with {status}: this is a web server, or a gateway that takes no calls now",
            },
        };
    }

    private static async Task<int?> ReadStatusAsync(SslStream tls, CancellationToken stopping)
    {
        var buffer = new byte[PreambleResponseReader.MaxLength];
        for (var filled = 0; ;)
        {
            var read = await tls.ReadAsync(buffer.AsMemory(filled), stopping).ConfigureAwait(false);
            filled += read;
            switch (PreambleResponseReader.TryRead(buffer.AsSpan(0, filled), out var status, out _))
            {
                case ReadStatus.Complete: return status;
                case ReadStatus.Malformed: return null;
                case ReadStatus.NeedMoreBytes when read == 0: return null;
            }
        }
    }

    // What was shown beside the server's own is in the chain's extra store; there are few of them, or it is an attack.
    private static IReadOnlyList<string> Pem(X509Certificate2 shown, X509Chain? chain) =>
    [
        .. (chain?.ChainPolicy.ExtraStore.AsEnumerable() ?? []).Where(other => !other.Equals(shown))
            .Take(MaxChain - 1).Prepend(shown).Select(certificate => certificate.ExportCertificatePem()),
    ];

    private static ServedCertificate Describe(X509Certificate2 certificate) => new()
    {
        Names = CertificateNames.Of(certificate),
        SerialNumber = certificate.SerialNumber,
        Issuer = certificate.Issuer,
        NotBefore = certificate.NotBefore.ToUniversalTime(),
        NotAfter = certificate.NotAfter.ToUniversalTime(),
        Sha256 = certificate.GetCertHashString(HashAlgorithmName.SHA256).ToLowerInvariant(),
    };
}
