using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using Microsoft.Extensions.Logging;
using SstpGateway.Listening;
using SstpProtocol.Tls;

namespace SstpGateway.Challenges;

/// <summary>Answers a CA that checks a TLS-ALPN-01 challenge: a handshake with the challenge's certificate,
/// and nothing after it.</summary>
public sealed class TlsAlpnResponder(ChallengeBook challenges, TimeProvider clock, ILogger logger)
{
    private readonly RareLine _answers = new(clock);

    /// <summary>Whether anybody may come to check; such visitors are not held to <c>allowedSources</c>.</summary>
    public bool IsExpectingVisitors => challenges.TlsAlpnNames.Count > 0;

    /// <summary>Whether this hello is a CA's that we have an answer for. It must offer that one
    /// protocol and no other (RFC 8737 section 3).</summary>
    public bool IsFor(ClientHello hello) =>
        hello.ApplicationProtocols is [var only] && only == AcmeCertificate.Protocol.ToString()
        && hello.ServerName is { } name && challenges.TryFindTlsAlpn(name, out _);

    /// <remarks>Anybody may ask as a CA does, as often as they like; the log tells of one in a while.</remarks>
    /// <param name="stream">Begins with the hello.</param>
    /// <param name="source">Who asks, for the log.</param>
    /// <exception cref="AuthenticationException">The handshake failed.</exception>
    /// <exception cref="IOException">The visitor has gone.</exception>
    public async Task AnswerAsync(Stream stream, ClientHello hello, IPEndPoint source, CancellationToken stopping)
    {
        if (!challenges.TryFindTlsAlpn(hello.ServerName!, out var certificate)) return;

        var tls = new SslStream(stream);
        await using var guard = tls.ConfigureAwait(false);
        await tls.AuthenticateAsServerAsync(
            new SslServerAuthenticationOptions
            {
                ServerCertificateContext = certificate.Context,
                // RFC 8737 section 3: 1.2 or newer.
                EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
                ApplicationProtocols = [AcmeCertificate.Protocol],
                AllowTlsResume = false,
            },
            stopping).ConfigureAwait(false);
        await tls.ShutdownAsync().ConfigureAwait(false);
        if (_answers.MayWrite(out var unsaid)) ChallengeLog.TlsAlpnAnswered(logger, hello.ServerName!, source, unsaid);
    }
}
