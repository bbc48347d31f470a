using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Operator.Certificates.Ordering;
using Operator.Dns.Providers.Http;
using Operator.Resources.SstpCertificates;

namespace Operator.Certificates.Challenges;

/// <summary>Looks at an address as a CA does: a file over plain HTTP, or the certificate of a handshake.</summary>
/// <param name="connect">Dials an address.</param>
internal sealed class AnswerProbe(Func<IPEndPoint, CancellationToken, Task<Socket>> connect) : IAnswerProbe
{
    private const int HttpPort = 80;
    private const int TlsPort = 443;

    /// <summary>The extension of RFC 8737 section 3, id-pe-acmeIdentifier.</summary>
    private const string AcmeIdentifier = "1.3.6.1.5.5.7.1.31";

    /// <summary>X.690 section 8.7.</summary>
    private const byte OctetStringTag = 4;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>From this host.</summary>
    public static async Task<Socket> DialAsync(IPEndPoint endPoint, CancellationToken stopping)
    {
        var socket = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(endPoint, stopping);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    public async Task<string?> ProbeAsync(IPAddress address, ChallengeProgress challenge, CancellationToken stopping)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        patience.CancelAfter(Patience);
        var endPoint = new IPEndPoint(address, challenge.Kind == ChallengeKind.Http01 ? HttpPort : TlsPort);
        try
        {
            using var socket = await connect(endPoint, patience.Token);
            await using var stream = new NetworkStream(socket);
            return challenge.Kind == ChallengeKind.Http01
                ? await AskHttpAsync(stream, endPoint, challenge, patience.Token)
                : await AskTlsAsync(stream, endPoint, challenge, patience.Token);
        }
        catch (SocketException failure) when (failure.SocketErrorCode is SocketError.NetworkUnreachable
            or SocketError.AddressFamilyNotSupported or SocketError.AddressNotAvailable)
        {
            return null;    // no route of this family from here; the CA may have one, and only it can tell
        }
        catch (Exception failure) when (failure is SocketException or IOException or AuthenticationException)
        {
            return $"{endPoint} does not answer for {challenge.Place}: {failure.Message}; "
                + "is the address still ours, and the port forwarded?";
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            return $"{endPoint} does not answer for {challenge.Place} within {Patience.TotalSeconds} s; "
                + "is the address still ours, and the port forwarded?";
        }
    }

    private static async Task<string?> AskHttpAsync(
        NetworkStream stream, IPEndPoint endPoint, ChallengeProgress challenge, CancellationToken stopping)
    {
        var request = $"GET /.well-known/acme-challenge/{challenge.Token} HTTP/1.1\r\nHost: {challenge.Place}\r\nUser-Agent: "
            + "sstp-operator\r\nConnection: close\r\n\r\n";
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request), stopping);

        var answer = new byte[4096];    // status line, a few headers and a key authorization
        var length = await stream.ReadAtLeastAsync(answer, answer.Length, throwOnEndOfStream: false, stopping);
        var text = Encoding.ASCII.GetString(answer, 0, length);
        var status = text.Split("\r\n", 2)[0];
        return status.Contains(" 200", StringComparison.Ordinal) && text.Contains(challenge.Proof, StringComparison.Ordinal)
            ? null
            : $"{endPoint} answers \"{SafeWords.From(status.Length > 60 ? status[..60] : status, [])}\" for "
                + $"{challenge.Place}, and not the proof";
    }

    private static async Task<string?> AskTlsAsync(
        NetworkStream stream, IPEndPoint endPoint, ChallengeProgress challenge, CancellationToken stopping)
    {
        string? objection = null;
        await using var tls = new SslStream(stream);
        try
        {
            await tls.AuthenticateAsClientAsync(
                new SslClientAuthenticationOptions
                {
                    TargetHost = challenge.Place,
                    ApplicationProtocols = [new SslApplicationProtocol("acme-tls/1")],
                    // No chain matters here, so no issuer is fetched from where whoever answers says.
                    CertificateChainPolicy = new X509ChainPolicy
                    {
                        RevocationMode = X509RevocationMode.NoCheck, DisableCertificateDownloads = true,
                    },

                    // Self-signed by design (RFC 8737 section 3): the digest inside is what proves anything.
                    RemoteCertificateValidationCallback = (_, certificate, _, _) =>
                        (objection = Objection(certificate, challenge.Proof)) is null,
                },
                stopping);
            return null;
        }
        catch (AuthenticationException) when (objection is not null)
        {
            return $"{endPoint} shows {objection} for {challenge.Place}";
        }
    }

    private static string? Objection(X509Certificate? shown, string proof)
    {
        if (shown is null) return "no certificate";

        using var certificate = X509CertificateLoader.LoadCertificate(shown.GetRawCertData());
        var extension = certificate.Extensions.FirstOrDefault(candidate => candidate.Oid?.Value == AcmeIdentifier);
        if (extension is null) return "a certificate that is not one of a challenge";

        // Whoever answers wrote it: it may be anything. DER has one way to write a digest,
        // so the octets are compared as they are.
        byte[] expected = [OctetStringTag, SHA256.HashSizeInBytes, .. SHA256.HashData(Encoding.ASCII.GetBytes(proof))];
        return extension.RawData.AsSpan().SequenceEqual(expected) ? null : "the certificate of another challenge";
    }
}
